package dev.lanewise.dsl.exhibit;

import dev.lanewise.dsl.exhibit.Piece.Number;
import dev.lanewise.dsl.exhibit.Piece.Sign;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.language.TextWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A formula with its numbers as lines of text, as a book would have them. */
public final class WorkedText {
  private final Phrases phrases;
  private final int width;

  /** @param width of the lines; those that cannot be broken may be longer */
  public WorkedText(Phrases phrases, int width) {
    this.phrases = phrases;
    this.width = width;
  }

  /** In one line where it fits, {@code tanh1[0] = tanh(dense1[0]) = tanh(-0.19) = -0.1877}; without the symbols where it does not. */
  public List<String> line(Worked worked) {
    String end = isAlone(worked) ? "" : " = " + Piece.text(worked.of().value());
    String symbols = worked.of().symbol() + " = " + sum(worked, Number::symbol), numbers = " = " + sum(worked, n -> Piece.text(n.value()));
    if (symbols.endsWith(numbers)) {
      return wrapped(symbols + end);
    }
    String whole = symbols + numbers + end;
    return TextWidth.of(whole) <= width ? List.of(whole) : wrapped(worked.of().symbol() + numbers + end);
  }

  /** The same in two lines where it does not fit in one. */
  private List<String> lines(Worked worked) {
    List<String> line = line(worked);
    String symbols = worked.of().symbol() + " = " + sum(worked, Number::symbol);
    if (line.size() == 1 && line.getFirst().startsWith(symbols)) {
      return line;
    }
    List<String> lines = new ArrayList<>(wrapped(symbols));
    lines.addAll(wrapped("  = " + sum(worked, n -> Piece.text(n.value())) + " = " + Piece.text(worked.of().value())));
    return lines;
  }

  /** Whether it is a number as it is. */
  private static boolean isAlone(Worked worked) {
    return worked.left() == 0 && worked.addends().size() == 1 && worked.addends().getFirst().pieces().size() == 1;
  }

  /** An addend in each line, its numbers beside where they come from; and below that what it is made of. */
  public List<String> column(Worked worked) {
    if (worked.addends().size() + Math.min(1, worked.left()) < 2) {
      return lines(worked);
    }
    List<String> lines = new ArrayList<>(List.of(worked.of().symbol()));
    int wide = worked.addends().stream().mapToInt(a -> TextWidth.of(signed(a, n -> Piece.text(n.value()), false))).max().orElse(0);
    int wider = worked.addends().stream().mapToInt(a -> TextWidth.of(unsigned(a))).max().orElse(0);
    for (int i = 0; i < worked.addends().size(); i++) {
      Worked.Addend a = worked.addends().get(i);
      String line = (i == 0 ? "  = " : "  ") + padded(signed(a, n -> Piece.text(n.value()), i == 0), wide + (i == 0 ? 0 : 2)) + "   " + padded(unsigned(a), wider);
      lines.add((a.pieces().size() > 1 ? line + "  = " + Piece.text(a.value()) : line).stripTrailing());
    }
    if (worked.left() > 0) {
      lines.add("  " + padded((worked.rest() < 0 ? "- " : "+ ") + Piece.text(Math.abs(worked.rest())), wide + 2) + "   " + more(worked.left()));
    }
    lines.add("  = " + Piece.text(worked.of().value()));
    return lines;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - TextWidth.of(text)));
  }

  String say(String english) {
    return phrases.say(english);
  }

  private String more(int left) {
    return say(left + " more");
  }

  private String sum(Worked worked, Function<Number, String> told) {
    StringBuilder sum = new StringBuilder();
    for (int i = 0; i < worked.addends().size(); i++) {
      sum.append(i == 0 ? "" : " ").append(signed(worked.addends().get(i), told, i == 0));
    }
    if (worked.left() > 0) {
      sum.append(worked.rest() < 0 ? " - " : " + ").append(Piece.text(Math.abs(worked.rest()))).append(" (").append(more(worked.left())).append(")");
    }
    return sum.toString();
  }

  /** What stands behind another has its sign before it: {@code - 0.5·0.3}. */
  private static String signed(Worked.Addend addend, Function<Number, String> told, boolean isFirst) {
    String text = text(addend.pieces(), told);
    return isFirst ? text : text.startsWith("-") ? "- " + text.substring(1) : "+ " + text;
  }

  private static String unsigned(Worked.Addend addend) {
    return text(addend.pieces(), Number::symbol);
  }

  /** A number below zero has parentheses where it does not stand at the beginning. */
  private static String text(List<Piece> pieces, Function<Number, String> told) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      switch (pieces.get(i)) {
        case Sign(String sign) -> text.append(sign);
        case Number number -> {
          String own = told.apply(number);
          boolean begins = i == 0 || text.toString().endsWith("(") || text.toString().endsWith(", ");
          boolean isRaised = i + 1 < pieces.size() && pieces.get(i + 1) instanceof Sign(String next) && next.startsWith(" ^");
          text.append(own.startsWith("-") && (!begins || isRaised) ? "(" + own + ")" : own);
        }
      }
    }
    return text.toString();
  }

  /** Broken before what is added. */
  private List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String part : text.split(" (?=[-+=] )")) {
      String longer = line.isEmpty() ? part : line + " " + part;
      if (TextWidth.of(longer) > width && !line.isBlank()) {
        lines.add(line);
        longer = "    " + part;
      }
      line = longer;
    }
    lines.add(line);
    return lines;
  }
}
