package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.layer.EachPlace;
import dev.lanewise.runtime.operation.Dense;
import java.util.Set;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes of the steps of a network, in the text that it is written in. */
public record StepEdits(Source source) {
  private static final Pattern LABEL = Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_]*)\\s*:\\s*$");
  private static final Pattern FEATURES = Pattern.compile("dense\\s*\\(\\s*(?:features\\s*=\\s*)?([0-9_]+)");
  /** What may stand behind the last layer, and is meant so. */
  private static final Set<String> KEEPING = Set.of("softmax", "log_softmax", "sigmoid", "dropout");
  private static final Pattern BEHIND = Pattern.compile("\\s*->[ \\t]*$");
  private static final Pattern AHEAD = Pattern.compile("^[ \\t]*(->|;)[ \\t]*");
  private static final Pattern FIRST = Pattern.compile("^[\\p{L}_][\\p{L}\\p{N}_.]*\\s*\\(\\s*(?:[a-z]+\\s*=\\s*)?([\\d_]+)\\s*[,)]");
  private static final Pattern APART = Pattern.compile("[ \\t]*;[ \\t]*$");

  /** Those of a layer, where it is written. */
  public static StepEdits of(CheckedNet.Layer layer) {
    return new StepEdits(layer.source());
  }

  /** Takes a step away, with its label, and the arrow or the line that leads to it. */
  public Edit remove(Span step) {
    String text = source.text();
    int start = step.start();
    Matcher label = LABEL.matcher(text.substring(lineStart(start), start));
    start = label.find() ? lineStart(start) + label.start() : start;
    Matcher behind = BEHIND.matcher(text.substring(0, start));
    if (behind.find()) {
      return Edit.remove(new Span(behind.start(), step.end()));
    }
    Matcher ahead = AHEAD.matcher(text.substring(step.end()));
    if (ahead.find()) {
      return Edit.remove(new Span(start, step.end() + ahead.end()));
    }
    Matcher apart = APART.matcher(text.substring(0, start));
    if (apart.find()) {
      return Edit.remove(new Span(apart.start(), step.end()));
    }
    boolean alone = text.substring(lineStart(start), start).isBlank() && text.substring(step.end(), lineEnd(step.end())).isBlank();
    return alone ? Edit.remove(new Span(lineStart(start), Math.min(text.length(), lineEnd(step.end()) + 1))) : Edit.remove(new Span(start, step.end()));
  }

  /** The same as a remedy. */
  public Remedy removal(Span step) {
    return Remedy.of("remove it", remove(step));
  }

  /** One more step behind one. */
  public Edit after(Span step, String written) {
    return Edit.insert(step.end(), " -> " + written);
  }

  /** One more step before one. */
  public Edit before(Span step, String written) {
    String text = source.text();
    Matcher label = LABEL.matcher(text.substring(lineStart(step.start()), step.start()));
    return Edit.insert(label.find() ? lineStart(step.start()) + label.start() : step.start(), written + " -> ");
  }

  /** One more argument of a call, which may have none yet, and no parentheses. */
  public Edit argument(Span call, String written) {
    String text = source.text(call);
    boolean none = text.endsWith("()");
    return text.endsWith(")")
        ? Edit.insert(call.end() - 1, (none ? "" : ", ") + written)
        : Edit.insert(call.end(), "(" + written + ")");
  }

  /** Another value of an argument that a call gives by its name. */
  public Optional<Edit> argumentValue(Span call, String name, String value) {
    Matcher given = named(call, name);
    return given.find() ? Optional.of(new Edit(new Span(call.start() + given.start(2), call.start() + given.end(2)), value)) : Optional.empty();
  }

  /** A call without an argument that it gives by its name. */
  public Optional<Edit> withoutArgument(Span call, String name) {
    Matcher given = named(call, name);
    return given.find() ? Optional.of(Edit.remove(new Span(call.start() + given.start(1), call.start() + given.end(2)))) : Optional.empty();
  }

  /** Another first argument, which is a number. */
  public Optional<Edit> number(Span call, String value) {
    Matcher first = FIRST.matcher(source.text(call));
    return first.find() ? Optional.of(new Edit(new Span(call.start() + first.start(1), call.start() + first.end(1)), value)) : Optional.empty();
  }

  /** {@code , init = zeros}, or {@code bias = true} as the first. */
  private Matcher named(Span call, String name) {
    return Pattern.compile("(,\\s*|(?<=\\())" + name + "\\s*=\\s*([^,()]+(\\([^()]*\\))?)").matcher(source.text(call));
  }

  /** A network that gives so many numbers, where its last layer says how many; in words alone where it does not. */
  public static Remedy outputs(Problems problems, CheckedNet net, int outputs, String words) {
    int value = net.result();
    while (value > 0 && net.layer(value).parameters() == 0 && net.layer(value).inputs().size() == 1) {
      value = net.layer(value).inputs().getFirst();
    }
    if (value == 0 || net.layer(value).source() != problems.source() || !(EachPlace.plain(net.layer(value).computation()) instanceof Dense)) {
      return Remedy.say(words);
    }
    CheckedNet.Layer last = net.layer(value);
    Matcher features = FEATURES.matcher(last.source().text(last.span()));
    if (!features.lookingAt()) {
      return Remedy.say(words);
    }
    Span at = new Span(last.span().start() + features.start(1), last.span().start() + features.end(1));
    Remedy remedy = weighed(Remedy.of(words, new Edit(at, Integer.toString(outputs))), net, last);
    return value == net.result() || KEEPING.contains(net.layer(net.result()).computation().name()) ? remedy : remedy.perhaps();
  }

  /** The remedy, or the same as a proposal: a step whose value is read by its label, or that stands in a part that is used several times, is not all that changes. */
  public static Remedy weighed(Remedy remedy, CheckedNet net, CheckedNet.Layer layer) {
    boolean several = net.layers().stream().filter(l -> l.source() == layer.source() && l.span().equals(layer.span())).count() > 1;
    boolean read = layer.source().text().contains("@" + layer.name());
    return several || read ? remedy.perhaps() : remedy;
  }

  private int lineStart(int at) {
    return source.text().lastIndexOf('\n', at - 1) + 1;
  }

  private int lineEnd(int at) {
    int end = source.text().indexOf('\n', at);
    return end < 0 ? source.text().length() : end;
  }
}
