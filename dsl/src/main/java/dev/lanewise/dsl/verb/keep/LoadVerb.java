package dev.lanewise.dsl.verb.keep;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Place;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.UnfitException;
import java.util.Optional;

/** {@code load(Net, "net.safetensors")}. */
public final class LoadVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "load", "gives a network the parameters of a file: all of them, by their names",
        required("net", Thing.NET, "whose parameters are replaced"), required("file", Thing.FileName.of(), "as `save` or PyTorch writes it"));
  }

  @Override
  public String example() {
    return "load(Mlp, \"mlp.safetensors\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.span(), given.net("net"), given.place("file"), given.losses()));
  }

  private record Of(Span span, CheckedNet net, Place file, Given.Losses losses) implements Deed {
    @Override
    public Optional<CheckedNet> reads() {
      return Optional.of(net);
    }

    @Override
    public boolean looks() {
      return false;
    }

    @Override
    public Result run(Bench bench) {
      Safetensors.Content content = Reading.content(span, file);
      Optional<World> world = Reading.world(span, net, content);
      Model model = bench.trained(net).model();
      try {
        String prefix = model.assign(content.tensors());
        Reading.warn(bench, span, net, model.notFinite());
        Reading.took(bench, span, net, world, losses);
        return new Result.Read(net.name() + Reading.without(prefix), file.path());
      } catch (UnfitException e) {
        throw new MistakeException(Code.L031, span, "the file does not fit: " + e.getMessage(), "");
      }
    }
  }
}
