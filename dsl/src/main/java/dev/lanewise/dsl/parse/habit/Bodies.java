package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.*;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * What stands inside something as Python and YAML have it, by a colon and how far in it begins; and braces that were forgotten, or begin on a line of their own.
 */
final class Bodies implements Custom {
  private static final Set<Integer> HEADS = Set.of(NET, BLOCK, LAYER, DEF, TRAIN, SWEEP, DATA, REPEAT, IF, ELSE, PATH, HEAD);
  /** Those that have a body of lines, whatever else they have. */
  private static final Set<Integer> ALWAYS = Set.of(NET, BLOCK, LAYER, REPEAT, IF, ELSE, PATH, HEAD, SWEEP);
  private static final Set<String> WORDS = Set.of("for", "elif", "elseif", "function", "func", "fn", "while", "loop");
  private static final Set<String> BEGINS = Set.of("do", "then", "begin");
  private static final Set<String> ENDS = Set.of("end", "endif", "fi", "done", "endfor");

  /** A line that opens a body. @param indent how far in it begins */
  private record Header(int line, int indent, Edit open) {}

  @Override
  public List<Foreign> seen(Page page) {
    return new Scan(page).all();
  }

  private static final class Scan {
    private final Page page;
    private final List<Integer> lines;
    private final Deque<Header> open = new ArrayDeque<>();
    private final List<Foreign> found = new ArrayList<>();
    private List<Edit> edits = new ArrayList<>();
    private Span first;
    private int before;

    Scan(Page page) {
      this.page = page;
      this.lines = page.indices().filter(i -> page.startsLine(i) && page.last(i) >= i && !page.is(i, SEPARATOR) && !page.is(page.inside(i), Set.of(LEFT, LEFT_LIST))).boxed().toList();
    }

    List<Foreign> all() {
      for (int k = 0; k < lines.size(); k++) {
        int from = lines.get(k);
        int indent = page.column(from);
        close(from, indent);
        begin(k, from, indent);
        before = page.last(from);
      }
      close(page.size(), -1);
      return found;
    }

    /** What the line before has ended. */
    private void close(int from, int indent) {
      StringBuilder text = new StringBuilder();
      while (!open.isEmpty() && open.peek().indent >= indent) {
        Header header = open.pop();
        boolean same = from < page.size() && header.indent == indent;
        if (same && page.is(from, CLOSE) && page.partner(from) < 0 || same && ENDS.contains(page.text(from)) && page.last(from) == from) {
          if (!page.is(from, CLOSE)) {
            edits.add(new Edit(page.span(from), "}"));
          }
        } else if (same && (page.is(from, ELSE) || page.is(from, "elif") || page.is(from, "elseif"))) {
          edits.add(new Edit(page.span(from), page.is(from, ELSE) ? "} else" : "} else if"));
        } else {
          text.append("\n").append(" ".repeat(header.indent)).append("}");
        }
      }
      if (!text.isEmpty()) {
        edits.add(Edit.insert(lineEnd(before), text.toString()));
      }
      if (open.isEmpty() && !edits.isEmpty()) {
        found.add(new Foreign(first, "what stands inside is enclosed in braces", new Remedy("write `{` and `}`", edits, true)));
        edits = new ArrayList<>();
        first = null;
      }
    }

    /** Past a remark. */
    private int lineEnd(int token) {
      return page.is(token + 1, COMMENT) ? page.span(token + 1).end() : page.span(token).end();
    }

    private void begin(int k, int from, int indent) {
      int end = page.last(from);
      int head = page.is(from, CLOSE) && from < end ? from + 1 : from;
      if (page.isWord(head) && page.is(head + 1, Set.of(COLON, ASSIGN)) && head + 1 < end) {
        head += 2;
      }
      boolean colon = page.is(end, COLON);
      boolean word = BEGINS.contains(page.text(end)) && end > head;
      boolean heads = page.is(head, HEADS) || WORDS.contains(page.text(head)) || page.is(head, LAYER);
      if (!heads || !colon && !word && !page.is(head, ALWAYS) || page.is(end, OPEN) || k + 1 == lines.size()) {
        return;
      }
      int next = lines.get(k + 1);
      if (page.is(next, OPEN) && page.column(next) <= indent + 8) {
        edits(from, new Edit(new Span(page.span(colon || word ? end - 1 : end).end(), page.span(next).start()), " "));
      } else if (page.column(next) > indent && (colon || word || isBare(head, end, next))) {
        Edit edit = colon || word ? new Edit(new Span(page.span(end - 1).end(), page.span(end).end()), " {") : Edit.insert(page.span(end).end(), " {");
        open.push(new Header(from, indent, edit));
        edits(from, edit);
      }
    }

    private void edits(int from, Edit edit) {
      edits.add(edit);
      first = first == null ? page.span(from, page.last(from)) : first;
      if (open.isEmpty()) {
        found.add(new Foreign(first, "a brace stands at the end of the line that it belongs to", new Remedy("write it there", edits, true)));
        edits = new ArrayList<>();
        first = null;
      }
    }

    /** Whether a line has no body and no value, and does not go on. */
    private boolean isBare(int head, int end, int next) {
      for (int i = head; i <= end; i++) {
        if (page.is(i, Set.of(OPEN, ARROW)) || page.is(i, ASSIGN) && page.inside(i) == page.inside(head)) {
          return false;
        }
      }
      boolean named = page.is(head, Set.of(NET, BLOCK, LAYER, SWEEP, REPEAT, IF, HEAD)) ? end > head : end == head;
      return named && !page.is(next, Set.of(ARROW, DOT, COMMA)) && page.partner(end) <= end;
    }
  }
}
