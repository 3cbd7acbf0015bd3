package dev.lanewise.samples;

import dev.lanewise.dsl.check.data.Augments;
import dev.lanewise.dsl.check.data.DataSources;
import dev.lanewise.dsl.scope.Prelude;
import dev.lanewise.dsl.typing.Vocabulary;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.dsl.word.Verbs;
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

/** The reference of docs/language.md, from the one definition of each layer, loss and optimiser. */
final class Reference {
  private Reference() {}

  static String text() {
    return "## Reference\n\n"
        + verbs()
        + section("Examples of data", Vocabulary.examples())
        + settings("Settings of train", SettingNames.train())
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
        + "### The prelude\n\n```\n" + prelude() + "```\n";
  }

  private static String verbs() {
    return "### Verbs\n\nA verb does something with what is named behind it. Some do different things with different arguments.\n\n| | |\n|---|---|\n"
        + Verbs.all().stream().map(v -> row(v.signature()).replaceFirst(" \\|\\n$", "") + ". Example: `" + v.example() + "` |\n")
            .map(l -> l.replace(" |\n. Example", ". Example")).collect(Collectors.joining()) + "\n";
  }

  /** The prelude as it stands: it is written in the language, and says itself what it is. */
  private static String prelude() {
    return Prelude.text().lines().skip(2).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String settings(String title, Map<String, String> all) {
    return "### " + title + "\n\n| | |\n|---|---|\n"
        + all.entrySet().stream().map(e -> "| `" + e.getKey() + "` | " + e.getValue() + " |\n").collect(Collectors.joining()) + "\n";
  }

  private static String section(String title, List<Signature> all) {
    return "### " + title + "\n\n| | |\n|---|---|\n" + all.stream().map(Reference::row).collect(Collectors.joining()) + "\n";
  }

  private static String row(Signature s) {
    String arguments =
        s.arguments().stream().map(a -> "`" + a.name() + "` " + a.doc()).collect(Collectors.joining("; "));
    String call = s.name() + s.arguments().stream().map(Reference::argument).collect(Collectors.joining(", ", "(", ")"));
    return "| `" + (s.arguments().isEmpty() ? s.name() : call) + "` | " + s.summary() + (arguments.isEmpty() ? "" : ". " + arguments) + " |\n";
  }

  private static String argument(Argument a) {
    return a.isRequired() ? a.name() : a.name() + " = " + a.fallback();
  }
}
