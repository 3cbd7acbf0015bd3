package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Fit;
import dev.lanewise.dsl.meaning.Part;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.Outputs;
import dev.lanewise.dsl.view.picture.Attentions;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.dsl.view.picture.Memories;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Decorator;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code show(Net.attention1, play.test.item(0))}: where each place looks; {@code show(Net.lstm1, …)}: its gates and states. */
public final class ShowWithinVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "where the places of an example look, in a layer with attention: a row for each that looks, a column for each that is looked at, with the tokens of texts beside them; of a text that looks at a picture this picture for each token; of a layer with a memory its gates and states: a row for each unit, a column for each place",
        required("layer", Thing.PART, "such as Net.attention1"), required("example", Thing.EXAMPLES, "such as play.test.item(0)"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "show(Looks.attention1, digits.test.item(3))";
  }

  @Override
  public Optional<Deed> check(Given given) {
    Part part = given.part("layer");
    Optional<CheckedNet.Layer> layer = part.net().layers().stream().filter(l -> l.name().equals(part.name())).findFirst();
    List<String> looking = part.net().layers().stream().filter(l -> has(l.computation())).map(CheckedNet.Layer::name).toList();
    if (layer.isEmpty() || !looking.contains(part.name())) {
      return given.problems().report(
          layer.isEmpty() ? Code.L006 : Code.L073, given.at("layer"),
          layer.isEmpty() ? "unknown layer `" + part.name() + "`" : "`" + part.name() + "` has neither attention nor a memory: no place knows of another",
          looking.isEmpty() ? Remedy.NONE : Suggestions.mean(given.at("layer"), part.name(), looking, n -> part.net().name() + "." + n).orElseGet(() -> Remedy.say("these have: " + String.join(", ", looking))));
    }
    Optional<Examples> example = given.example("example");
    return example.isPresent() && new Fit(given.problems()).takes(given.span(), part.net(), example.get().data())
        ? Optional.of(new Of(part.net(), layer.get(), example.get(), given.at("example")))
        : Optional.empty();
  }

  /** Whether it has attention or a memory. */
  private static boolean has(Computation of) {
    return switch (of) {
      case Decorator d -> has(d.of());
      case Recipe r -> r.steps().stream().anyMatch(s -> s.operation() instanceof Attend || s.operation() instanceof Scan);
      default -> of instanceof Attend;
    };
  }

  private record Of(CheckedNet net, CheckedNet.Layer layer, Examples example, Span at) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Chosen c = Chosen.of(example, bench.shown(net, example.data()), at);
      double[] input = Outputs.doubles(Exhibits.inputs(net, c.part(), c.which().getFirst()));
      Trained trained = bench.trained(net);
      Outputs outputs = bench.waiting(() -> Outputs.of(trained, input));
      String title = net.name() + "." + layer.name() + " on " + c.title();
      List<Memories.Kept> memory = outputs.memory(layer.name());
      if (!memory.isEmpty()) {
        return new Result.Shown(Memories.of(title, memory));
      }
      Outputs.Looks looks = outputs.looks(layer.name());
      return new Result.Shown(Attentions.of(title, net, layer, c, looks.attend(), looks.probabilities()));
    }
  }
}
