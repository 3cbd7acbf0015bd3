package dev.lanewise.samples;

import dev.lanewise.dsl.check.data.Augments;
import dev.lanewise.dsl.check.data.DataSources;
import dev.lanewise.dsl.scope.Prelude;
import dev.lanewise.dsl.typing.Vocabulary;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.dsl.word.Verbs;
import dev.lanewise.runtime.federate.Words;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedules;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page docs/reference.md, from the one definition of each layer, loss and optimiser. */
final class Reference {
  private static final String HEAD = "| | |\n|---|---|\n";

  private Reference() {}

  static String text() {
    return "# Reference\n\nEvery word of the language, written from its definition: a row for the word, and one for each argument. What stands behind `=` is taken where nothing is given. "
        + "[The guide](guide.md) shows the words at work; `lanewise explain conv` tells the same as this page.\n\n"
        + verbs()
        + section("Examples of data", Vocabulary.examples())
        + settings("Settings of train", SettingNames.train())
        + settings("Settings of federated", SettingNames.federated())
        + settings("Settings of data", SettingNames.data())
        + settings("Settings of sweep", SettingNames.sweep())
        + section("Data", DataSources.signatures())
        + section("Features of sounds", Vocabulary.features())
        + section("Changes of training examples", Augments.signatures())
        + section("Layers", Layers.all().stream().map(Layer::signature).toList())
        + section("Losses", Losses.all().stream().map(Layer::signature).toList())
        + "Also the losses of the prelude, below, and every `def` of an output and a label.\n\n"
        + section("Optimisers", Optimizers.all().stream().map(OptimizerDefinition::signature).toList())
        + section("Schedules", Schedules.all().stream().map(Schedules.Definition::signature).toList())
        + section("Attacks", Vocabulary.attacks())
        + section("Splits among clients", Words.partitions().stream().map(Words.Definition::signature).toList())
        + section("Federated methods", Words.methods().stream().map(Words.Definition::signature).toList())
        + section("Privacy of clients", Words.privacies().stream().map(Words.Definition::signature).toList())
        + "## The prelude\n\n```\n" + prelude() + "```\n";
  }

  private static String verbs() {
    return "## Verbs\n\nA verb does something with what is named behind it. Some do different things with different arguments.\n\n" + HEAD
        + Verbs.all().stream().map(v -> rows(v.signature()) + "| | for example `" + v.example() + "` |\n").collect(Collectors.joining()) + "\n";
  }

  /** The prelude as it stands: it is written in the language, and says itself what it is. */
  private static String prelude() {
    return Prelude.text().lines().skip(2).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String settings(String title, Map<String, String> all) {
    return "## " + title + "\n\n" + HEAD
        + all.entrySet().stream().map(e -> "| `" + e.getKey() + "` | " + e.getValue() + " |\n").collect(Collectors.joining()) + "\n";
  }

  private static String section(String title, List<Signature> all) {
    return "## " + title + "\n\n" + HEAD + all.stream().map(Reference::rows).collect(Collectors.joining()) + "\n";
  }

  private static String rows(Signature s) {
    String call = s.arguments().isEmpty() ? s.name() : s.name() + s.arguments().stream().map(Reference::argument).collect(Collectors.joining(", ", "(", ")"));
    return "| **`" + call + "`** | " + s.summary() + " |\n"
        + s.arguments().stream().map(a -> "| &emsp;`" + a.name() + "` | " + a.doc() + " |\n").collect(Collectors.joining());
  }

  private static String argument(Argument a) {
    return a.isRequired() ? a.name() : a.name() + " = " + a.fallback();
  }
}
