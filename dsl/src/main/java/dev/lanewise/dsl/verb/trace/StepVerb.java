package dev.lanewise.dsl.verb.trace;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.walk.Looked;
import dev.lanewise.dsl.view.walk.StepView;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.OneStep;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.List;
import java.util.Optional;

/** {@code step(Net, digits.train.batch(0), sgd(0.1))}. */
public final class StepVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "step", "one step of training as it would be: loss and gradients, each parameter before and behind it; nothing is changed",
        required("net", Thing.NET, "that would be trained"), required("examples", Thing.EXAMPLES, "such as digits.train.batch(0)"),
        required("optimizer", Thing.OPTIMIZER, "such as sgd(0.1)"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "step(Xor, corners.train.batch(0, size = 4), sgd(0.1))";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.FITS);
  }

  @Override
  public Optional<Deed> check(Given given) {
    Examples examples = given.examples("examples");
    return given.loss(given.net("net"), examples.data())
        .map(loss -> new Of(new OneExample(given.net("net"), examples, Optional.of(loss), given.at("examples")), given.optimizer("optimizer")));
  }

  private record Of(OneExample examples, Optimizer optimizer) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Chosen c = examples.chosen(bench);
      if (!c.part().isAnswered()) {
        throw new MistakeException(Code.L116, examples.at(), "it is not known what is right for these examples: there is no loss of them", "take some to train on, such as " + examples.example().data().name() + ".train.batch(0)");
      }
      Trained trained = bench.trained(examples.net());
      Computation loss = Looked.trainedBy(trained, examples.loss().orElseThrow());
      DataSplit batch = c.split().training(c.part(), c.which().stream().mapToInt(i -> i).toArray());
      boolean changes = examples.example().part() == Examples.Part.TRAIN;
      OneStep step = bench.engine().step(trained.model(), changes ? batch : batch.augmented(null), new TrainSettings(1, c.which().size(), false, bench.seed(), loss, optimizer));
      if (step.isBroken()) {
        throw new MistakeException(Code.L032, examples.at(), "the loss or a gradient of these examples is no finite number", "show(" + examples.net().name() + ") tells whether its parameters are numbers");
      }
      return new Result.Shown(StepView.of(examples.title(c) + ", a step of " + optimizer.name(), trained.model(), step, optimizer, examples.notes(bench)));
    }
  }
}
