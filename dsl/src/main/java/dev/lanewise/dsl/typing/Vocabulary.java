package dev.lanewise.dsl.typing;

import dev.lanewise.dsl.check.data.Augments;
import dev.lanewise.dsl.check.data.DataSources;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Prelude;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.word.ExampleCalls;
import dev.lanewise.dsl.word.SettingCalls;
import dev.lanewise.dsl.word.Verbs;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedules;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The words that the language brings along, by kind: for help and for what to offer while one types. */
public final class Vocabulary {
  private Vocabulary() {}

  public static List<Signature> layers() {
    return Layers.all().stream().map(Layer::signature).toList();
  }

  public static List<Signature> losses() {
    return Losses.all().stream().map(Layer::signature).toList();
  }

  public static List<Signature> optimizers() {
    return Optimizers.all().stream().map(OptimizerDefinition::signature).toList();
  }

  public static List<Signature> schedules() {
    return Schedules.all().stream().map(Schedules.Definition::signature).toList();
  }

  public static List<Signature> data() {
    return DataSources.signatures();
  }

  public static List<Signature> augmentations() {
    return Augments.signatures();
  }

  /** What images are attacked with. */
  public static List<Signature> attacks() {
    return SettingCalls.all().get("adversarial");
  }

  /** What a network may be given of sounds. */
  public static List<Signature> features() {
    return SettingCalls.all().get("features");
  }

  /** Each form of each verb. */
  public static List<Signature> verbs() {
    return Verbs.all().stream().map(Verb::signature).toList();
  }

  /** What follows a part of data. */
  public static List<Signature> examples() {
    return ExampleCalls.all();
  }

  /** All of the above. */
  public static List<Signature> all() {
    return Stream.of(layers(), losses(), optimizers(), schedules(), data(), augmentations(), features(), attacks(), verbs(), examples()).flatMap(List::stream).toList();
  }

  /** Names of functions, losses, layers and blocks that are written in the language itself, for every script. */
  public static Collection<String> prelude() {
    return Prelude.names();
  }

  /** What a layer of the prelude takes besides what is written there. */
  public static List<Argument> more(String name) {
    return Prelude.layers().stream().filter(l -> l.name().text().equals(name))
        .flatMap(l -> OwnCalls.signature(new Definition.Layer(l)).stream())
        .flatMap(s -> s.arguments().stream())
        .filter(a -> !a.doc().isEmpty())
        .toList();
  }

  /** How something is called that the language brings along, or a script has defined. */
  static Optional<Signature> signature(Scope scope, String name) {
    return all().stream().filter(s -> s.name().equals(name.substring(name.lastIndexOf('.') + 1))).findFirst()
        .or(() -> scope.find(name).flatMap(b -> OwnCalls.signature(b.definition())));
  }

  /** What somebody probably meant. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return Suggestions.nearest(word, known);
  }
}
