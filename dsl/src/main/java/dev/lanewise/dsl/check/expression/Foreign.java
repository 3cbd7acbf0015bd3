package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.elsewhere.Table;
import dev.lanewise.dsl.elsewhere.Translation;
import dev.lanewise.dsl.elsewhere.Written;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedules;
import dev.lanewise.runtime.signature.Argument.Type;
import dev.lanewise.runtime.signature.Signature;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Calls of other libraries: where a name is not known here, or a name that is known has another's arguments. */
public record Foreign(Problems problems) {
  private static final String ARROW = " -> ";
  private static final Pattern COMMA = Pattern.compile("\\(0,\\d+\\)|\\(\\d{1,3},\\d{3}\\)");

  /**
   * Tells what something is here that is not known.
   *
   * @param whole the call, a name or a text
   * @return whether another library has it
   */
  public boolean told(Room room, Span whole) {
    return told(whole, written(whole), room);
  }

  /** The same of a call, as if it were called otherwise: one of two ways to mean it. */
  public boolean toldAs(Room room, Span whole, String name) {
    Optional<Translation> translation = written(whole).flatMap(w -> Table.translate(room, new Written(name, w.pieces())));
    translation.ifPresent(t -> report(whole, called(t), t.perhaps()));
    return translation.isPresent();
  }

  private boolean told(Span whole, Optional<Written> written, Room room) {
    Optional<Translation> translation = written.flatMap(w -> Table.translate(room, w)).or(() -> written.flatMap(w -> Table.named(room, w)));
    if (translation.filter(t -> t.here().equals(written.get().name())).isPresent()) {
      return false;
    }
    translation.ifPresent(t -> report(whole, called(t), t));
    return translation.isPresent();
  }

  /**
   * The same of a method: {@code N.fit(digits)}, whose first argument is what stands before the point.
   *
   * @param own what may be called so here
   */
  public boolean toldOfMethod(Room room, Span whole, Collection<String> own) {
    Optional<Written> method = written(whole).filter(w -> !w.name().equals(w.last())).map(Written::method);
    Optional<Translation> translation = method.flatMap(m -> Table.translate(room, m));
    if (translation.isPresent()) {
      report(whole, called(translation.get()), translation.get());
    } else if (method.filter(m -> own.contains(m.name())).isPresent()) {
      problems.report(Code.L130, whole, "a function stands before what it works on", Remedy.write(whole, method.get().toString()));
    } else {
      return false;
    }
    return true;
  }

  /** The same of a call that is called as here, if its arguments are those of another library. */
  public boolean toldOfArguments(Room room, Span whole, Signature signature, List<Argument> given) {
    boolean tooMany = room != Room.LAYER && given.size() > signature.arguments().size() && given.stream().allMatch(g -> g.name().isEmpty());
    return !tooMany && isLikely(signature, given) && toldOfArguments(room, whole, signature.arguments().stream().map(dev.lanewise.runtime.signature.Argument::name).toList());
  }

  /** The same, whether it is likely or not. @param own the names of the arguments here, in their order */
  public boolean toldOfArguments(Room room, Span whole, List<String> own) {
    Optional<Written> written = written(whole);
    if (written.filter(w -> isOneNumber(problems.source().text(whole), w)).isPresent()) {
      return false;
    }
    Optional<Translation> translation = written.flatMap(w -> Table.ofArguments(room, w, own)).filter(t -> t.lost().isEmpty() && !t.text().equals(written.get().toString()) && (t.sure() || !t.text().equals(t.here())));
    translation.ifPresent(t -> report(whole, more("these are arguments of " + t.library() + ", for `" + t.here() + "`", t), room != Room.LAYER && losesNumbers(written.get(), t) ? t.perhaps() : t));
    return translation.isPresent();
  }

  /** {@code one_cycle(0.1, 5)}: whether something that is given by its place has none here, so that it may have been meant otherwise. */
  private static boolean losesNumbers(Written call, Translation t) {
    long places = call.pieces().stream().filter(p -> p.name().isEmpty()).count();
    return Written.of(t.text()).filter(w -> w.pieces().size() < places).isPresent();
  }

  /** {@code dropout(0,3)} and {@code dense(1,024)} have one number each, with a comma in it. */
  private static boolean isOneNumber(String text, Written call) {
    return call.pieces().size() == 2 && COMMA.matcher(text).find();
  }

  private void report(Span whole, String message, Translation t) {
    problems.report(Code.L130, whole, message, remedy(problems.source().text(), whole, t));
  }

  private Optional<Written> written(Span whole) {
    return Written.of(problems.source().text(whole));
  }

  private static String called(Translation t) {
    String there = "`" + t.name() + "` of " + t.library();
    return more(t.here().isEmpty() ? there + " needs nothing here" : there + " is `" + t.here() + "` here", t);
  }

  private static String more(String message, Translation t) {
    if (!t.lost().isEmpty()) {
      return message + ", which has no `" + String.join("`, `", t.lost()) + "`";
    }
    return t.differing().isEmpty() ? message : message + ": unless they are given, there `" + t.differing().stream().map(d -> d.name() + " = " + d.there()).collect(Collectors.joining(", "))
        + "`, here `" + t.differing().stream().map(d -> d.name() + " = " + d.here()).collect(Collectors.joining(", ")) + "`";
  }

  private static Remedy remedy(String source, Span whole, Translation t) {
    if (t.text().equals(t.here()) && !t.sure()) {
      return signature(t.here()).map(s -> Remedy.say("it is called " + s)).orElse(Remedy.NONE);
    }
    Remedy remedy = t.text().isEmpty() ? Remedy.remove(withArrow(source, whole)) : Remedy.write(whole, withoutNext(source, whole, t.text()));
    return t.lost().isEmpty() && t.sure() ? remedy : remedy.perhaps();
  }

  /** Steps without the last one, if that follows anyway. */
  private static String withoutNext(String source, Span whole, String steps) {
    int arrow = steps.lastIndexOf(ARROW);
    String next = source.substring(whole.end()).stripLeading();
    return arrow > 0 && next.matches("(?s)(->\\s*)?" + Pattern.quote(steps.substring(arrow + ARROW.length())) + "(?![\\w(]).*") ? steps.substring(0, arrow) : steps;
  }

  /** A step with the arrow behind it, or else the one before it. */
  private static Span withArrow(String source, Span step) {
    int end = step.end();
    while (end < source.length() && source.charAt(end) == ' ') {
      end++;
    }
    if (source.startsWith("->", end)) {
      return new Span(step.start(), Math.min(end + 3, source.length()));
    }
    int start = source.substring(0, step.start()).stripTrailing().length();
    return source.startsWith("->", Math.max(0, start - 2)) ? new Span(source.substring(0, start - 2).stripTrailing().length(), step.end()) : step;
  }

  private static Optional<Signature> signature(String name) {
    return Layers.named(name).map(Layer::signature).or(() -> Optimizers.named(name).map(OptimizerDefinition::signature)).or(() -> Schedules.named(name).map(Schedules.Definition::signature));
  }

  /** Whether arguments cannot be those of a signature, or are hardly: an argument that it does not have, a number where a word or a share stands. */
  private static boolean isLikely(Signature signature, List<Argument> given) {
    List<dev.lanewise.runtime.signature.Argument> own = signature.arguments();
    return given.stream().flatMap(g -> g.name().stream()).anyMatch(n -> own.stream().noneMatch(a -> a.name().equals(n.text())))
        || given.stream().filter(g -> g.name().isEmpty()).count() > own.size()
        || IntStream.range(0, Math.min(given.size(), own.size())).anyMatch(i -> isOdd(own.get(i), given.get(i)));
  }

  private static boolean isOdd(dev.lanewise.runtime.signature.Argument argument, Argument given) {
    if (given.name().isPresent()) {
      return false;
    }
    boolean share = argument.type() == Type.NUMBER && argument.fallback() instanceof Double d && d > 0 && d < 1;
    return switch (given.value()) {
      case Expression.Number(var _, double value) -> argument.type() == Type.FLAG || argument.type() == Type.INITIALIZATION || share && value >= 2 && value == Math.rint(value);
      case Expression.Word(var _, String word) -> argument.type() == Type.FLAG && !Table.words(word).isEmpty();
      default -> false;
    };
  }
}
