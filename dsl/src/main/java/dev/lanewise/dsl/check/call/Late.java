package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.meaning.Scored;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What a verb does with a network of which only a file knows by which loss it was trained: an output that fits nothing that is usual may be
 * right for that. The call is looked at as far as it can be, and once more when it is reached, after the file has been read.
 *
 * @param given as it is written
 * @param seen what it does if the loss takes such an output
 */
record Late(Verb verb, Given given, Formulas formulas, Deed seen) implements Deed {
  /** What a call does, if it can be right; else a report. */
  static Optional<Deed> deed(Verb verb, Given given, Formulas formulas) {
    boolean elsewhere = given.values().values().stream().anyMatch(v -> Given.netOf(v).filter(formulas.scope()::isTrainedElsewhere).isPresent());
    if (elsewhere && usual(verb, quiet(given, formulas)).isEmpty()) {
      Given asUnseen = with(given, new Problems(given.problems().source()), new Unseen(formulas, given));
      Optional<Deed> seen = usual(verb, asUnseen);
      if (seen.isPresent()) {
        return Optional.of(new Late(verb, given, formulas, seen.get()));
      }
    }
    return usual(verb, given);
  }

  private static Optional<Deed> usual(Verb verb, Given given) {
    return verb.needs().stream().allMatch(n -> n.holds(given)) ? verb.check(given) : Optional.empty();
  }

  /** The same arguments; what is reported of them is not read. */
  private static Given quiet(Given given, Formulas formulas) {
    Problems unread = new Problems(given.problems().source());
    return with(given, unread, new LossFinder(formulas, unread, given.span()));
  }

  private static Given with(Given given, Problems problems, Given.Losses losses) {
    return new Given(given.signature(), given.span(), given.values(), given.spans(), problems, losses);
  }

  @Override
  public Gives gives() {
    return seen.gives();
  }

  @Override
  public Optional<Scored> scored() {
    return seen.scored();
  }

  @Override
  public Optional<Shape> shape() {
    return seen.shape();
  }

  @Override
  public boolean looks() {
    return seen.looks();
  }

  @Override
  public Result run(Bench bench) {
    Problems problems = new Problems(given.problems().source());
    Deed deed = usual(verb, with(given, problems, new Read(new LossFinder(formulas, problems, given.span()), bench))).orElseThrow(() -> {
      Diagnostic first = problems.diagnostics().getFirst();
      return new MistakeException(first.code(), first.span(), first.message(), first.remedy());
    });
    return deed.run(bench);
  }

  /** Before the run: a network that was trained elsewhere may have learnt anything. */
  private record Unseen(Formulas formulas, Given given) implements Given.Losses {
    private boolean isKnown(CheckedNet net) {
      return !formulas.scope().isTrainedElsewhere(net);
    }

    private LossFinder usual() {
      return new LossFinder(formulas, new Problems(given.problems().source()), given.span());
    }

    @Override
    public Optional<Computation> fitting(CheckedNet net, List<Field> fields) {
      return usual().fitting(net, fields).or(() -> isKnown(net) ? Optional.empty() : usual().fitting(net, itself(net)));
    }

    @Override
    public Optional<Computation> likely(CheckedNet net, List<Field> fields) {
      return fitting(net, fields);
    }

    @Override
    public boolean comparesOutput(CheckedNet net) {
      return isKnown(net) && usual().comparesOutput(net);
    }

    @Override
    public Optional<CheckedTrain> training(CheckedNet net) {
      return usual().training(net);
    }

    @Override
    public Optional<Computation> written(String text, CheckedNet net, List<Field> fields) {
      return usual().written(text, net, fields);
    }
  }

  /** In the run: what the file has told. */
  private record Read(LossFinder usual, Bench bench) implements Given.Losses {
    @Override
    public Optional<Computation> fitting(CheckedNet net, List<Field> fields) {
      return own(net).or(() -> usual.fitting(net, fields));
    }

    @Override
    public Optional<Computation> likely(CheckedNet net, List<Field> fields) {
      return own(net).or(() -> usual.likely(net, fields));
    }

    @Override
    public boolean comparesOutput(CheckedNet net) {
      return own(net).isEmpty() && usual.comparesOutput(net);
    }

    /** What a network was trained by, if that does not compare its own output. */
    private Optional<Computation> own(CheckedNet net) {
      return Optional.ofNullable(bench.trained(net).loss()).filter(l -> !Objective.comparesOutput(l));
    }

    @Override
    public Optional<CheckedTrain> training(CheckedNet net) {
      return usual.training(net);
    }

    @Override
    public Optional<Computation> written(String text, CheckedNet net, List<Field> fields) {
      return usual.written(text, net, fields);
    }
  }

  /** Examples of which a network learns numbers in the shape of its output. */
  private static List<Field> itself(CheckedNet net) {
    return Dataset.plain(net.input(), Target.numbers(net.output()));
  }
}
