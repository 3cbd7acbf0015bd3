package dev.lanewise.dsl.verb.keep;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.doctor.visit.Doctor;
import dev.lanewise.dsl.doctor.visit.FindingTable;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.lower.InUnit;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.Mistakes;
import dev.lanewise.dsl.view.PartAnswers;
import dev.lanewise.dsl.view.Report;
import dev.lanewise.dsl.view.TextFile;
import dev.lanewise.dsl.view.picture.Seen;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.TrainEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code report(run, "report.html")}. */
public final class ReportVerb implements Verb {
  private static final int SHOWN = 8;

  @Override
  public Signature signature() {
    return Signature.of(
        "report", "all about a training on one page that needs no other file",
        required("run", Thing.RUN, "such as `base = train Net on data`"), required("file", Thing.FileName.of(".html"), "its name"));
  }

  @Override
  public String example() {
    return "report(base, \"report.html\")";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return given.run("run").rival().isPresent()
        ? given.problems().report(
            Code.L098, given.at("run"), "a report tells how good a network is on examples to test on, but this run has trained two against each other", "look with sample(" + given.run("run").net().name() + ")")
        : Optional.of(new Of(given.span(), given.run("run"), given.path("file")));
  }

  private record Of(Span span, CheckedTrain run, Path file) implements Deed {
    /** The first examples to test on, where heads tell what can be seen: boxes, masks, classes at each place. */
    private Optional<Gallery> seen(Bench bench, Trained trained, DataSplit data, Computation loss) {
      if (!run.data().hasParts()) {
        return Optional.empty();
      }
      List<Integer> first = IntStream.range(0, Math.min(SHOWN, data.test().size())).boxed().toList();
      Dataset examples = Seen.of(data, data.test(), first, false).examples();
      String title = run.net().name() + " on " + data.name() + ".test, items 0 to " + first.getLast();
      return new PartAnswers(title, run.net(), data, examples, first, bench.engine().predictions(trained.model(), examples, loss)).galleries().stream().findFirst();
    }

    /** Empty before the first epoch. */
    private Optional<Table> findings(Bench bench) {
      Patient patient = new Patient(run, bench, false);
      return patient.epochs().isEmpty() ? Optional.empty() : Optional.of(FindingTable.of(run.net().name(), Doctor.look(patient)));
    }

    @Override
    public Result run(Bench bench) {
      Trained trained = bench.trained(run.net());
      DataSplit data = bench.shown(run.net(), run.data());
      Computation loss = trained.world().map(w -> InUnit.tested(trained.net(), w, run.tested())).orElse(run.tested());
      Score score = bench.engine().test(trained.model(), data, loss, Listener.NONE);
      Mistakes mistakes = Mistakes.of(
          run.net().name(), data, bench.engine().predict(trained.model(), data.test(), bench.loss(run.net(), loss)));
      Report report = new Report(run, trained, bench.history(run), data, score, mistakes, findings(bench), seen(bench, trained, data, loss), bench.phrases());
      return bench.written("a report", span, file, path -> TextFile.write(path, Report.FORM, report.html()));
    }
  }
}
