package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.call.DataEdits;
import dev.lanewise.dsl.check.call.SettingEdits;
import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.elsewhere.Names;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.elsewhere.Table;
import dev.lanewise.dsl.elsewhere.Translation;
import dev.lanewise.dsl.elsewhere.Written;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Settings of {@code train} that are written by another name, in another form, or in the wrong statement: {@code bs = 32}, {@code early_stopping = 3}, {@code lr = 0.1},
 * {@code augment = [flip]}.
 *
 * @param data if it is known
 */
record Strays(Formulas formulas, Problems problems, Statement.Train train, Optional<CheckedData> data) {

  /** Which setting a call belongs to that may stand among what Keras calls back. */
  private static final Map<String, String> CALLBACKS = Map.of("early", "stop", "best", "save", "plateau", "schedule", "csv", "log", "tensorboard", "log");

  /** Without what stands between the words of a name. */
  private static String key(Setting setting) {
    return setting.key().text().toLowerCase(Locale.ROOT).replaceAll("[_.-]", "");
  }

  private static Optional<String> named(Names of, String key) {
    return Table.names(of, key).stream().findFirst();
  }

  /** Empty where nothing is known of it. */
  Remedy remedy(Setting setting) {
    String written = setting.key().text();
    String key = key(setting);
    String value = problems.source().text(setting.value().span());
    boolean number = Calls.number(formulas, setting.value()).isPresent();
    boolean flag = setting.value() instanceof Expression.Flag;
    if (key.equals("callbacks")) {
      return callbacks(setting);
    }
    Optional<String> ofData = Optional.of(written).filter(SettingNames.data()::containsKey).or(() -> named(Names.SETTING_OF_DATA, key));
    if (ofData.isPresent()) {
      return moved(setting, ofData.get(), value);
    }
    Optional<String> own = named(Names.SETTING, key);
    if (own.isPresent()) {
      String name = own.get();
      return given(name).isPresent() ? Remedy.say("did you mean `" + name + "`?") : Remedy.mean(setting.key().span(), name);
    }
    Optional<String> ofOptimizer = named(Names.SETTING_OF_OPTIMIZER, key);
    if (ofOptimizer.isPresent()) {
      return ofOptimizer(setting, ofOptimizer.get(), value);
    }
    String form = named(Names.SETTING_OF_ANOTHER_FORM, key).orElse("");
    if (form.equals("clip") && number) {
      return written(setting, "clip", (key.equals("clipvalue") ? "value(" : "norm(") + value + ")");
    }
    if (key.equals("ema") && number) {
      return written(setting, "average", "ema(" + value + ")");
    }
    if (form.equals("stop") && (number || flag)) {
      boolean never = flag && value.equals("false");
      String by = data.filter(CheckedData::validates).isPresent() ? "val.loss" : "loss";
      return never ? removed(setting) : written(setting, "stop", "early(" + by + ", patience = " + (number ? value : "3") + ")");
    }
    if (form.equals("save") && setting.value() instanceof Expression.Text) {
      String by = (data.filter(CheckedData::validates).isPresent() ? "val." : "") + (data.filter(d -> d.target().isNumbers()).isPresent() ? "loss" : "accuracy");
      return written(setting, "save", "best(" + value + ", by = " + by + ")");
    }
    return form.equals("nothing") ? removed(setting).saying("remove it: that is not said in a script") : Remedy.NONE;
  }

  /** Keras has in a list what are settings of their own here: {@code [EarlyStopping(patience=3), ModelCheckpoint("n.keras")]}. */
  private Remedy callbacks(Setting setting) {
    List<Expression> all = setting.value() instanceof Expression.Items items ? items.items() : List.of(setting.value());
    List<Optional<Translation>> meant = all.stream().map(e -> Written.of(problems.source().text(e.span())).flatMap(w -> Table.translate(Room.WATCH, w))).toList();
    if (meant.isEmpty() || !meant.stream().allMatch(t -> t.filter(f -> CALLBACKS.containsKey(f.here())).isPresent())) {
      return Remedy.say("what is done beside a training has settings of its own: stop, save, schedule and log");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    meant.forEach(t -> settings.put(CALLBACKS.get(t.get().here()), t.get().text()));
    boolean sure = settings.size() == meant.size() && meant.stream().allMatch(t -> t.get().sure() && t.get().lost().isEmpty()) && settings.keySet().stream().allMatch(k -> given(k).isEmpty());
    Remedy remedy = Remedy.write(setting.span(), settings.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).collect(Collectors.joining("; ")));
    return sure ? remedy : remedy.perhaps();
  }

  private Optional<Setting> given(String key) {
    return train.settings().stream().filter(s -> s.key().text().equals(key)).findFirst();
  }

  private SettingEdits edits() {
    return new SettingEdits(problems.source(), train.data().span().end());
  }

  private Remedy removed(Setting setting) {
    return Remedy.of("remove it", edits().remove(setting, train.settings()));
  }

  /** In its place another one, unless that is set besides. */
  private Remedy written(Setting setting, String name, String value) {
    return given(name).isPresent() ? removed(setting).perhaps() : Remedy.write(setting.span(), name + " = " + value);
  }

  /** To the data, where it belongs. */
  private Remedy moved(Setting setting, String name, String value) {
    String text = "it belongs to the data";
    if (data.isEmpty()) {
      return Remedy.say(text);
    }
    DataEdits there = new DataEdits(formulas.scope(), problems, data.get());
    Optional<Constant> constant = Calls.number(formulas, setting.value());
    boolean share = name.startsWith("split.") && constant.filter(c -> c instanceof Constant.Num(double v) && v > 0 && v < 1).isPresent();
    String own = share ? counted(((Constant.Num) constant.get()).value(), there) : value;
    return there.add(name + " = " + own).map(e -> Remedy.of(text, edits().remove(setting, train.settings()), e)).orElse(Remedy.say(text));
  }

  /** A share of the examples as their number. */
  private String counted(double share, DataEdits there) {
    return data.get().trained().isPresent() ? Long.toString(Math.max(1, Math.round(share * data.get().trained().getAsInt()))) : there.validated();
  }

  /** To the optimiser, of which it is an argument; one of several that belong to none goes first. */
  private Remedy ofOptimizer(Setting setting, String name, String value) {
    Optional<Setting> optimizer = given("optimizer");
    String text = "it is an argument of the optimizer";
    if (optimizer.isEmpty()) {
      boolean first = train.settings().stream().filter(s -> named(Names.SETTING_OF_OPTIMIZER, key(s)).isPresent()).findFirst().filter(s -> s == setting).isPresent();
      String kind = name.startsWith("beta") ? "adam" : "sgd";
      return first ? Remedy.write(setting.span(), "optimizer = " + kind + "(" + (name.equals("lr") ? "" : name + " = ") + value + ")") : Remedy.say(text);
    }
    Call call = Call.of(optimizer.get().value());
    Optional<OptimizerDefinition> definition = Optimizers.named(call.name());
    List<String> known = definition.map(d -> d.signature().arguments().stream().map(a -> a.name()).toList()).orElse(List.of());
    boolean rate = name.equals("lr");
    boolean has = call.arguments().stream().anyMatch(a -> a.name().isPresent() ? a.name().get().text().equals(name) : rate);
    if (!known.contains(name) || has) {
      return Remedy.say(text);
    }
    String source = problems.source().text(call.span());
    boolean none = call.arguments().isEmpty();
    String argument = (rate ? "" : name + " = ") + value;
    Edit edit = none ? source.endsWith(")") ? Edit.insert(call.span().end() - 1, argument) : Edit.insert(call.span().end(), "(" + argument + ")")
        : rate ? Edit.insert(call.arguments().getFirst().span().start(), value + ", ")
        : Edit.insert(call.arguments().getLast().span().end(), ", " + argument);
    return Remedy.of(text, edits().remove(setting, train.settings()), edit);
  }
}
