package dev.lanewise.dsl.verb.keep;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exchange.Exporter;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code export(Net, "net.onnx")}. */
public final class ExportVerb implements Verb {
  private static final int LEAST = 17;
  private static final int MOST = 21;

  @Override
  public Signature signature() {
    return Signature.of(
        "export", "writes a network as other programs run it",
        required("net", Thing.NET, "with its parameters"), required("file", Thing.FileName.of(".onnx", ".safetensors"), "ONNX, which takes any number of examples at once; or parameters as PyTorch reads them, and beside them its module as a program"),
        optional("opset", Argument.Type.INTEGER, MOST, "the version of ONNX's operators, from " + LEAST + " to " + MOST),
        optional("normalize", new Thing.OneOf(List.of("outside", "inside")), "outside", "`inside`: the file itself brings examples to the scale that the network has learnt"));
  }

  @Override
  public String example() {
    return "export(Mlp, \"mlp.onnx\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    int opset = given.whole("opset");
    if (opset < LEAST || opset > MOST) {
      return given.problems().report(Code.L015, given.at("opset"), "opset must be from " + LEAST + " to " + MOST + ", not " + opset, "");
    }
    return Optional.of(new Of(given.span(), given.net("net"), given.path("file"), new Exporter.Form(opset, given.word("normalize").equals("inside"))));
  }

  private record Of(Span span, CheckedNet net, Path file, Exporter.Form form) implements Deed {
    @Override
    public Result run(Bench bench) {
      Exporter exporter = Exporter.named(file.toString()).orElseThrow(
          () -> new MistakeException(Code.L008, span, "nothing here writes such a file", "the whole of Lanewise has what does: run it as `lanewise`"));
      Trained trained = bench.trained(net);
      return bench.written(net.name(), span, file, path -> exporter.write(trained, form, path));
    }
  }
}
