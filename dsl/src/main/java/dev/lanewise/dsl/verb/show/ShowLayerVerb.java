package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Part;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.NumberTables;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.ParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code show(Net.conv1)}: few weights as numbers, many as pictures. */
public final class ShowLayerVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "the parameters of a layer: few as numbers, many as pictures, blue below zero, grey at zero, yellow above",
        required("layer", Thing.PART, "such as Net.conv1"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "show(Cnn.conv1)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    Part part = given.part("layer");
    Optional<CheckedNet.Layer> layer = given.layer("layer");
    if (layer.isEmpty()) {
      return Optional.empty();
    }
    List<ParameterSpec> parameters = layer.get().computation().parameters();
    boolean picture = parameters.stream().anyMatch(p -> p.name().equals("weight") && p.shape().rank() >= 2);
    return picture || !parameters.isEmpty() && given.to().isEmpty()
        ? Optional.of(new Of(part.net(), part.name(), picture, given.to().isPresent()))
        : given.problems().report(
            Code.L073, given.at("layer"),
            parameters.isEmpty() ? "`" + part.name() + "` has no parameters" : "`" + part.name() + "` has no weights that are a picture",
            "show(" + part.net().name() + ") prints the layers");
  }

  private record Of(CheckedNet net, String layer, boolean picture, boolean drawn) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      CheckedNet now = bench.now(net);
      CheckedNet.Layer looked = now.layers().stream().filter(l -> l.name().equals(layer)).findFirst().orElseThrow();
      String owner = looked.shared();
      Set<String> own = looked.computation().parameters().stream().map(ParameterSpec::name).collect(Collectors.toSet());
      List<Tensor> parameters = bench.trained(net).model().tensors().stream()
          .filter(t -> own.contains(t.name().substring(Math.min(t.name().length(), owner.length() + 1))) && t.name().startsWith(owner + ".")).toList();
      Optional<Table> numbers = drawn ? Optional.empty() : NumberTables.layer(net.name() + "." + layer, parameters);
      if (numbers.isPresent() || !picture) {
        return new Result.Shown(numbers.orElseGet(() -> first(parameters.getFirst())));
      }
      return new Result.Shown(Exhibits.filters(
          now, layer, parameters.stream().filter(t -> t.name().equals(owner + ".weight")).findFirst().orElseThrow()));
    }

    private Table first(Tensor parameter) {
      return NumberTables.of(net.name() + "." + parameter.name(), parameter.shape(), parameter.values());
    }
  }
}
