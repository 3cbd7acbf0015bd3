package dev.lanewise.dsl.word;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.check.data.Augments;
import dev.lanewise.dsl.check.data.DataSources;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedules;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Initialization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call behind a setting of {@code train}, {@code data} or {@code sweep} refuses arguments that it does not have. */
class SettingCallsTest {
  private static final String BEFORE = """
      net N = input 2 -> dense(2)
      data d = moons(count = 40) { split.val = 10 }
      run = train N on d {}
      """;

  /** @param script in which CALL stands for the call */
  record Place(String script, Signature signature) {
    @Override
    public String toString() {
      return script.replace("CALL", signature.toString());
    }
  }

  static List<Place> places() {
    List<Place> all = new ArrayList<>();
    SettingCalls.all().forEach((setting, calls) -> calls.forEach(c -> all.add(new Place(
        switch (setting) {
          case "pick" -> "sweep run { batch in [2]; pick = CALL }";
          case "on" -> "sweep run { batch in [2]; on = CALL }";
          case "features" -> "data e = tones() { features = CALL }";
          case "in" -> "sweep run { optimizer.lr in CALL; trials = 1 }";
          case "federated.split", "federated.method", "federated.privacy" -> "train N on d { federated { " + setting.substring("federated.".length()) + " = CALL } }";
          // Two, for a change in the second.
          default -> "train N on d { epochs = 2; " + setting + " = CALL }";
        }, c))));
    Optimizers.all().forEach(o -> all.add(new Place("train N on d { optimizer = CALL }", o.signature())));
    Schedules.all().forEach(s -> all.add(new Place("train N on d { schedule = CALL }", s.signature())));
    Losses.all().stream().map(Layer::signature).forEach(s -> all.add(new Place("train N on d { loss = CALL }", s)));
    DataSources.signatures().forEach(s -> all.add(new Place("data e = CALL", s)));
    Augments.signatures().forEach(s -> all.add(new Place("data e = mnist(folder = \"nowhere\") { augment = [CALL] }", s)));
    for (Initialization.Kind kind : Initialization.Kind.values()) {
      all.add(new Place("net M = input 2 -> dense(2, init = CALL)", SettingCalls.of(kind)));
    }
    return all;
  }

  private static String value(Argument a) {
    return switch ((Argument.Type) a.type()) {
      case INTEGER, SIDES, PADDING, WINDOW -> "2";
      case NUMBER -> a.name().equals("to") ? "0.75" : "0.5";
      case FLAG -> "true";
      case VALUE -> "@memory";
      case TEXT, COLUMN, COLUMNS, NAMES -> "\"x\"";
      case MEASURE -> "loss";
      case NUMBERS -> "[1, 1]";
      case INTERPOLATION -> "nearest";
      case CHANNELS -> "last";
      case OVER -> "channels";
      case CUT -> "character";
      case WORDS -> "onehot";
      case MISSING -> "skip";
      case SHAPE -> "2";
      case STRETCH -> "middle";
      case LANGUAGE -> "chinese";
      case START -> "random";
      case FEATURES -> "wave";
      case INITIALIZATION -> "zeros";
    };
  }

  private static List<Diagnostic> errors(Place place, String arguments) {
    Source source = new Source("x.net", BEFORE + place.script.replace("CALL", place.signature.name() + "(" + arguments + ")") + "\n");
    Parsed parsed = ScriptParser.parse(source);
    return Stream.concat(parsed.diagnostics().stream(), Checker.check(source, parsed.script(), new Scope()).diagnostics().stream())
        .filter(Diagnostic::isError).toList();
  }

  private static String named(Place place) {
    return place.signature.arguments().stream().filter(Argument::isRequired).map(a -> a.name() + " = " + value(a)).collect(Collectors.joining(", "));
  }

  private static String with(String arguments, String more) {
    return arguments.isEmpty() ? more : arguments + ", " + more;
  }

  private static void assertOnly(Place place, String arguments, Code code, String text) {
    assertThat(errors(place, arguments)).as("%s(%s) in %s", place.signature.name(), arguments, place.script).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(code);
      assertThat(d.message() + " / " + d.remedy().text()).contains(text);
    });
  }

  @ParameterizedTest
  @MethodSource("places")
  void anUnknownNameIsRefused(Place place) {
    assertOnly(place, with(named(place), "banana = 1"), Code.L009, "has no argument `banana`");
  }

  @ParameterizedTest
  @MethodSource("places")
  void aNameThatIsNearlyRightIsPutRight(Place place) {
    for (Argument a : place.signature.arguments()) {
      assertOnly(place, with(named(place), a.name() + "x = " + value(a)), Code.L009, a.name().length() == 1 ? "it is called" : "did you mean `");
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void anArgumentIsGivenOnce(Place place) {
    for (Argument a : place.signature.arguments()) {
      String once = a.isRequired() ? named(place) : with(named(place), a.name() + " = " + value(a));
      assertOnly(place, with(once, a.name() + " = " + value(a)), Code.L019, "`" + a.name() + "` is given twice");
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void moreThanThereAreAreRefused(Place place) {
    String all = place.signature.arguments().stream().map(SettingCallsTest::value).collect(Collectors.joining(", "));
    assertOnly(place, with(all, "7"), Code.L019, "this argument is one too many");
  }

  @Test
  void aSettingThatDoesNotExistOrIsGivenTwiceIsRefused() {
    Signature none = Signature.of("none", "");
    for (String statement : List.of("train N on d { SETTINGS }", "data e = moons() { SETTINGS }", "sweep run { batch in [2]; SETTINGS }")) {
      assertOnly(new Place(statement.replace("SETTINGS", "banana = 1"), none), "", Code.L020, "unknown setting `banana`");
    }
    SettingNames.train().keySet().forEach(s -> twice("train N on d { SETTINGS }", s));
    SettingNames.data().keySet().forEach(s -> twice("data e = moons() { SETTINGS }", s));
    SettingNames.sweep().keySet().stream().filter(s -> !s.contains(" in ")).forEach(s -> twice("sweep run { batch in [2]; SETTINGS }", s));
    assertOnly(new Place("sweep run { batch in [2]; batch in [4] }", none), "", Code.L019, "`batch` is given twice");
  }

  private static void twice(String statement, String setting) {
    String right = switch (setting) {
      case "loss" -> "cross_entropy";
      case "optimizer" -> "sgd";
      case "schedule" -> "constant";
      case "clip" -> "norm(1)";
      case "average" -> "ema(0.5)";
      case "adversarial" -> "fgsm(0.1)";
      case "freeze", "metrics", "log", "augment" -> "[]";
      case "stop" -> "early(loss)";
      case "save" -> "best(\"x\", by = loss)";
      case "resume" -> "\"x\"";
      case "shuffle" -> "true";
      case "target" -> "input";
      case "normalize", "balance" -> "none";
      case "pick" -> "min(loss)";
      default -> "2";
    };
    Place place = new Place(statement.replace("SETTINGS", setting + " = " + right + "; " + setting + " = " + right), Signature.of("none", ""));
    assertThat(errors(place, "")).as("%s", place.script).anySatisfy(d -> {
      assertThat(d.code()).isEqualTo(Code.L019);
      assertThat(d.message()).isEqualTo("`" + setting + "` is given twice");
    });
  }

  /** A setting that is added some day stands in this table, or takes no calls. */
  @Test
  void everySettingIsGoneThrough() {
    Set<String> plain = Set.of("epochs", "batch", "folds", "shuffle", "seed", "accumulate", "minutes", "rounds", "until", "heads", "freeze", "metrics", "resume", "limit", "limit.class", "pairs",
        "split.test", "split.val", "target", "normalize", "balance", "positive", "trials", "allow");
    Set<String> calls = new HashSet<>(SettingCalls.all().keySet());
    calls.addAll(Arrays.asList("optimizer", "schedule", "loss", "augment", "critic", "federated", "Net.parameter in …"));
    calls.removeIf(c -> c.equals("in") || c.startsWith("federated."));
    Set<String> all = new HashSet<>(SettingNames.train().keySet());
    all.addAll(SettingNames.data().keySet());
    all.addAll(SettingNames.sweep().keySet());
    assertThat(Stream.concat(plain.stream(), calls.stream())).containsExactlyInAnyOrderElementsOf(all);
    for (String setting : plain) {
      String statement = SettingNames.train().containsKey(setting) ? "train N on d { " : SettingNames.data().containsKey(setting)
          ? "data e = moons() { " : "sweep run { batch in [2]; ";
      assertThat(errors(new Place(statement + setting + " = CALL }", Signature.of("banana", "")), "peel = 1")).as(setting).isNotEmpty();
    }
  }
}
