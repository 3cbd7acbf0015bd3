package dev.lanewise.dsl.elsewhere;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A line of the table: what a call of a library is here.
 *
 * @param names of the call there
 * @param steps that it becomes, one after the other
 * @param sure whether that is what it does there, as far as anybody needs
 */
record Entry(Library library, Room room, List<String> names, List<Parameter> parameters, List<Step> steps, boolean sure) {
  /** What is true or false is no number. */
  private static final Set<String> TRUTH = Set.of("True", "False");

  /** The way of what becomes a step of its own. */
  static final String STEP = "step";

  /** A call here, or a place alone that becomes one. @param called whether it has parentheses without arguments, too */
  record Step(String name, boolean called, List<Slot> slots) {}

  /** What is given for a parameter, and whether by its place. */
  private record Given(String value, boolean positional) {}

  /** How a value is rewritten: by its way, what it is. */
  interface Ways extends BiFunction<String, String, Optional<String>> {}

  /** What it is called here: the first step, if it has a name of its own. */
  String here() {
    return steps.isEmpty() ? "" : steps.getFirst().name();
  }

  /**
   * A call in this line's words; empty if it does not fit.
   *
   * @param open whether arguments that the line does not have are left out and told
   */
  Optional<Translation> translate(Written call, boolean open, Ways ways) {
    Map<String, Given> given = new HashMap<>();
    List<String> lost = new ArrayList<>();
    int position = 0;
    for (Written.Piece piece : call.pieces()) {
      Optional<Parameter> parameter = Optional.empty();
      if (!piece.name().isEmpty()) {
        parameter = parameters.stream().filter(p -> p.name().equals(piece.name())).findFirst();
      } else {
        while (position < parameters.size() && parameters.get(position).handed() && Values.isLiteral(piece.value())) {
          position++;
        }
        parameter = position < parameters.size() ? Optional.of(parameters.get(position++)) : Optional.empty();
      }
      if (parameter.isEmpty() && (!open || piece.name().isEmpty())) {
        return Optional.empty();
      }
      parameter.ifPresentOrElse(p -> given.put(p.name(), new Given(piece.value(), piece.name().isEmpty())), () -> lost.add(piece.name()));
    }
    return parameters.stream().allMatch(p -> fits(p, given.get(p.name()))) ? rendered(call, given, lost, ways) : Optional.empty();
  }

  private static boolean fits(Parameter parameter, Given given) {
    if (given != null && parameter.fallback().filter(TRUTH::contains).isPresent() && !parameter.fixed() && Values.decimal(given.value()).isPresent()) {
      return false;
    }
    return given == null ? !parameter.isRequired() : !parameter.fixed() || Values.same(Values.unquoted(given.value()), Values.unquoted(parameter.fallback().orElseThrow()));
  }

  private Optional<Translation> rendered(Written call, Map<String, Given> given, List<String> lost, Ways ways) {
    List<Translation.Differing> differing = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Step step : steps) {
      List<String> arguments = new ArrayList<>();
      boolean positional = true;
      for (int i = 0; i < step.slots().size(); i++) {
        Slot slot = step.slots().get(i);
        Optional<String> value = value(slot, given, differing, ways);
        if (value.isEmpty()) {
          return Optional.empty();
        }
        positional &= !value.get().isEmpty() && isPositional(slot, given, i == 0);
        if (!value.get().isEmpty()) {
          arguments.add(slot.name().isEmpty() || positional ? value.get() : slot.name() + " = " + value.get());
        }
      }
      if (step.name().isEmpty()) {
        texts.addAll(arguments);
      } else {
        texts.add(Statements.written(step.name(), arguments) + (arguments.isEmpty() && step.called() ? "()" : ""));
      }
    }
    for (Parameter p : parameters) {
      boolean told = given.containsKey(p.name()) && p.fallback().isPresent() && !p.silent() && !p.fixed() && !isUsed(p);
      if (told && !Values.same(plain(given.get(p.name()).value()), plain(p.fallback().get()))) {
        lost.add(p.name());
      }
    }
    return Optional.of(new Translation(library.title(), call.name(), here(), String.join(" -> ", texts), lost, differing, sure));
  }

  private static String plain(String value) {
    return Values.unquoted(Values.plain(value).orElse(value));
  }

  private boolean isUsed(Parameter parameter) {
    return steps.stream().flatMap(s -> s.slots().stream()).flatMap(s -> s.places().stream()).anyMatch(p -> p.parameter().equals(parameter.name()));
  }

  /** By its place is given here what was given so there and must be, or comes first. */
  private boolean isPositional(Slot slot, Map<String, Given> given, boolean first) {
    boolean literal = slot.places().isEmpty() && !first;
    return !slot.named() && !literal && slot.places().stream().allMatch(p -> {
      Given own = given.get(p.parameter());
      return own == null ? first : own.positional() && (first || parameter(p).fallback().isEmpty());
    });
  }

  private Parameter parameter(Slot.Place place) {
    return parameters.stream().filter(p -> p.name().equals(place.parameter())).findFirst().orElseThrow(
        () -> new IllegalArgumentException(names + " has no parameter " + place.parameter()));
  }

  /** What stands in a slot: nothing where it is what it would be anyway, unless it is a number that somebody has chosen. Empty if a value is not what the line is about. */
  private Optional<String> value(Slot slot, Map<String, Given> given, List<Translation.Differing> differing, Ways ways) {
    List<String> values = new ArrayList<>();
    boolean needed = slot.places().isEmpty();
    for (Slot.Place place : slot.places()) {
      Parameter parameter = parameter(place);
      Given own = given.get(place.parameter());
      String there = own != null ? own.value() : parameter.fallback().orElse(Parameter.NONE);
      Optional<String> value = there.equals(Parameter.NONE) ? Optional.of(Values.NOTHING) : ways.apply(place.way(), there);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (value.get().isEmpty()) {
        return value;
      }
      boolean kept = own != null && !(room == Room.LAYER || room == Room.LOSS);
      boolean step = place.way().equals(STEP);
      String fallback = step ? Values.NOTHING : place.fallback().isEmpty() && parameter.fallback().isPresent() ? ways.apply(place.way(), parameter.fallback().get()).orElse("") : place.fallback();
      boolean differs = !Values.same(value.get(), fallback);
      if (own == null && differs && !place.written() && !step) {
        differing.add(new Translation.Differing(slot.name(), value.get(), fallback));
      }
      needed |= kept || differs && (own != null || place.written() || step);
      values.add(value.get());
    }
    return Optional.of(needed ? Values.plain(slot.filled(values)).orElseThrow() : Values.NOTHING);
  }

  /** The arguments here by what they are called there; those that become a further step are left out. */
  Map<String, String> argumentNames() {
    return steps.stream().limit(1).flatMap(s -> s.slots().stream())
        .filter(s -> s.places().size() == 1 && !s.name().isEmpty())
        .collect(Collectors.toMap(s -> s.places().getFirst().parameter(), Slot::name, (a, _) -> a));
  }

  /** Whether an argument that is called so can be rewritten by itself. */
  boolean takes(String argument) {
    return parameters.stream().anyMatch(p -> p.name().equals(argument) && !p.fixed());
  }

  /**
   * The same line for a call that is called and ordered as here, but has some arguments of this library: those of here stand first and become themselves.
   *
   * @param own the arguments of here, in their order
   */
  Entry mixed(List<String> own) {
    List<Parameter> all = new ArrayList<>(own.stream().map(n -> new Parameter(n, Optional.empty(), true, false, false)).toList());
    parameters.stream().filter(p -> !own.contains(p.name())).map(p -> new Parameter(p.name(), Optional.of(Parameter.NONE), p.silent() || p.isRequired(), false, false)).forEach(all::add);
    List<Slot> slots = new ArrayList<>();
    own.forEach(n -> slots.add(new Slot(n, false, "{}", List.of(new Slot.Place(n, "", "", false)))));
    List<Step> both = new ArrayList<>(List.of(new Step(here(), steps.getFirst().called(), slots)));
    steps.getFirst().slots().stream().filter(s -> s.places().stream().noneMatch(p -> own.contains(p.parameter()))).forEach(slots::add);
    both.addAll(steps.subList(1, steps.size()));
    return new Entry(library, room, names, all, both, sure);
  }
}
