package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.check.call.DataEdits;
import dev.lanewise.dsl.check.call.SettingEdits;
import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of {@code train} that are written by another name, in another form, or in the wrong statement: {@code bs = 32}, {@code early_stopping = 3}, {@code lr = 0.1},
 * {@code augment = [flip]}.
 *
 * @param data if it is known
 */
record Strays(Formulas formulas, Problems problems, Statement.Train train, Optional<CheckedData> data) {
  /** Other names, without what stands between their words. */
  private static final Map<String, String> NAMES = names(
      "epochs", "epoch nepoch nepochs nbepoch nbepochs numepoch numepochs numberofepochs epochcount maxepochs totalepochs trainepochs maxiter iterations iters niter passes rounds",
      "batch", "bs batchsize minibatch minibatchsize nbatch batches trainbatchsize perdevicetrainbatchsize",
      "loss", "lossfn lossfunction lossfunc criterion objective cost costfunction costfn losses",
      "optimizer", "optim opt optimiser optimizers solver updater algorithm",
      "schedule", "scheduler sched lrschedule lrscheduler lrpolicy learningrateschedule learningratescheduler lrschedulertype",
      "seed", "randomseed randomstate rngseed manualseed rng",
      "metrics", "metric scores measures",
      "accumulate", "accumulation accumulategradbatches gradientaccumulation gradientaccumulationsteps gradaccum gradaccumulationsteps accumulationsteps accumsteps",
      "folds", "fold kfold kfolds nfolds nsplits cv crossvalidation",
      "minutes", "maxminutes timelimit maxtime",
      "freeze", "frozen freezelayers frozenlayers",
      "log", "logs logger logging",
      "resume", "resumefrom resumefromcheckpoint",
      "shuffle", "shuffled shuffledata");
  private static final Map<String, String> OF_DATA = names(
      "split.val", "validation validationsplit valsplit val valsize validationsize valfraction validationfraction splitval",
      "split.test", "testsplit testsize testfraction splittest",
      "augment", "augmentation augmentations dataaugmentation transforms transform",
      "normalize", "normalise normalization normalisation scale standardize scaling",
      "limit", "maxexamples maxsamples nsamples subset",
      "balance", "balanced classbalance");
  private static final Map<String, String> OF_OPTIMIZER = names(
      "lr", "lr learningrate learnrate lrate rate eta stepsize baselr initiallr learningrateinit",
      "momentum", "momentum", "decay", "decay weightdecay l2 wd l2reg", "nesterov", "nesterov", "beta1", "beta1", "beta2", "beta2", "eps", "eps epsilon", "rho", "rho");
  private static final Set<String> CLIP = Set.of("clipnorm", "gradclip", "gradientclip", "clipgrad", "gradclipnorm", "gradientclipnorm", "clipgradnorm", "maxgradnorm", "gradientclipval", "gradientclipping", "gradclipping", "clipping", "maxnorm");
  private static final Set<String> STOP = Set.of("earlystopping", "earlystop", "early", "patience", "stopping", "earlystoppingpatience", "stopearly", "stopafter");
  private static final Set<String> SAVE = Set.of("savebest", "checkpoint", "checkpoints", "modelcheckpoint", "saveto", "savepath", "output", "best", "savebestonly", "savemodel");
  private static final Set<String> NOTHING = Set.of(
      "verbose", "device", "workers", "numworkers", "gpu", "gpus", "cuda", "usegpu", "njobs", "threads", "progress", "progressbar", "pinmemory", "droplast", "accelerator", "precision");

  private static Map<String, String> names(String... namesAndOthers) {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < namesAndOthers.length; i += 2) {
      String name = namesAndOthers[i];
      Arrays.stream(namesAndOthers[i + 1].split(" ")).forEach(other -> names.put(other, name));
    }
    return names;
  }

  /** Empty where nothing is known of it. */
  Remedy remedy(Setting setting) {
    String written = setting.key().text();
    String key = written.toLowerCase(Locale.ROOT).replaceAll("[_.-]", "");
    String value = problems.source().text(setting.value().span());
    boolean number = Calls.number(formulas, setting.value()).isPresent();
    boolean flag = setting.value() instanceof Expression.Flag;
    if (SettingNames.data().containsKey(written) || OF_DATA.containsKey(key)) {
      return moved(setting, SettingNames.data().containsKey(written) ? written : OF_DATA.get(key), value);
    }
    if (NAMES.containsKey(key)) {
      String name = NAMES.get(key);
      return given(name).isPresent() ? Remedy.say("did you mean `" + name + "`?") : Remedy.mean(setting.key().span(), name);
    }
    if (OF_OPTIMIZER.containsKey(key)) {
      return ofOptimizer(setting, OF_OPTIMIZER.get(key), value);
    }
    if ((CLIP.contains(key) || key.equals("clipvalue")) && number) {
      return written(setting, "clip", (key.equals("clipvalue") ? "value(" : "norm(") + value + ")");
    }
    if (key.equals("ema") && number) {
      return written(setting, "average", "ema(" + value + ")");
    }
    if (STOP.contains(key) && (number || flag)) {
      boolean never = flag && value.equals("false");
      String by = data.filter(CheckedData::validates).isPresent() ? "val.loss" : "loss";
      return never ? removed(setting) : written(setting, "stop", "early(" + by + ", patience = " + (number ? value : "3") + ")");
    }
    if (SAVE.contains(key) && setting.value() instanceof Expression.Text) {
      String by = (data.filter(CheckedData::validates).isPresent() ? "val." : "") + (data.filter(d -> d.target().isNumbers()).isPresent() ? "loss" : "accuracy");
      return written(setting, "save", "best(" + value + ", by = " + by + ")");
    }
    return NOTHING.contains(key) ? removed(setting).saying("remove it: that is not said in a script") : Remedy.NONE;
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
      boolean first = train.settings().stream().filter(s -> OF_OPTIMIZER.containsKey(s.key().text().toLowerCase(Locale.ROOT).replaceAll("[_.-]", ""))).findFirst().filter(s -> s == setting).isPresent();
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
