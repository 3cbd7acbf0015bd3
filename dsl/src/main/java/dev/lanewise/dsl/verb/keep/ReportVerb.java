package dev.lanewise.dsl.verb.keep;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.doctor.visit.Doctor;
import dev.lanewise.dsl.doctor.visit.FindingTable;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.lower.InUnit;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.verb.look.Looks;
import dev.lanewise.dsl.verb.trace.ThereAndBack;
import dev.lanewise.dsl.view.Mistakes;
import dev.lanewise.dsl.view.PartAnswers;
import dev.lanewise.dsl.view.TextFile;
import dev.lanewise.dsl.view.picture.Seen;
import dev.lanewise.dsl.view.report.Called;
import dev.lanewise.dsl.view.report.LookedAt;
import dev.lanewise.dsl.view.report.Report;
import dev.lanewise.dsl.view.report.Striking;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.TrainEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code report(run, "report.html")}. */
public final class ReportVerb implements Verb {
  private static final int SHOWN = 8;

  @Override
  public Signature signature() {
    return Signature.of(
        "report", "all about a training on one page that needs no other file",
        required("run", Thing.RUN, "such as `base = train Net on data`"), required("file", Thing.FileName.of(".html"), "its name"),
        optional("show", new Thing.Named(new Thing.ListOf(Thing.EXHIBIT, "a list of calls that show something")), List.of(), "what else is to stand on it, such as [trace(Net, digits.test.item(3))]"));
  }

  @Override
  public String example() {
    return "report(base, \"report.html\")";
  }

  /** What a call with that run would do. */
  public static Deed of(CheckedTrain run, Path file) {
    return new Of(run.span(), run, file, Optional.of(run.tested()), List.of());
  }

  @Override
  public Optional<Deed> check(Given given) {
    return given.run("run").rival().isPresent()
        ? given.problems().report(
            Code.L098, given.at("run"), "a report tells how good a network is on examples to test on, but this run has trained two against each other", "look with sample(" + given.run("run").net().name() + ")")
        : Optional.of(new Of(given.span(), given.run("run"), given.path("file"), given.losses().likely(given.run("run").net(), given.run("run").data().fields()), given.deeds("show")));
  }

  /** @param fitting the loss that fits network and data @param asked what else is shown */
  private record Of(Span span, CheckedTrain run, Path file, Optional<Computation> fitting, List<Deed> asked) implements Deed {
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

    private Examples item(int number) {
      return new Examples(run.data(), Examples.Part.TEST, number, 1);
    }

    /** What the network looks at in some examples. */
    private List<LookedAt> looked(Bench bench, Mistakes mistakes, List<Integer> striking) {
      List<LookedAt> all = new ArrayList<>();
      for (int item : striking) {
        List<Called> looks = Looks.of(run.net(), item(item), span).stream().map(l -> l.done(bench)).toList();
        all.add(new LookedAt(run.data().name() + ".test, item " + item, mistakes.caption(item), looks));
      }
      return all.stream().filter(l -> !l.looks().isEmpty()).toList();
    }

    /** An example on its way there and back; that alone where there is no loss of one example. */
    private List<Called> walks(Bench bench, int item) {
      return ThereAndBack.of(bench.now(run.net()), item(item), fitting, span).stream().map(o -> o.done(bench)).filter(c -> c.exhibit().isPresent()).toList();
    }

    private static Stream<Exhibit> exhibits(Result result) {
      return switch (result) {
        case Result.Shown(Exhibit exhibit, List<Exhibit> before) -> Stream.concat(before.stream(), Stream.of(exhibit));
        case Result.Counted(var _, Exhibit exhibit) -> Stream.of(exhibit);
        case Result.Told(String name, String text) -> Stream.of(new Table(name.isEmpty() ? text : result.text(), List.of(), List.of()));
        case Result.Plain _, Result.Scored _, Result.Spoken _, Result.Wrote _, Result.Read _, Result.Adopted _ -> Stream.empty();
      };
    }

    @Override
    public Result run(Bench bench) {
      Trained trained = bench.trained(run.net());
      DataSplit data = bench.shown(run.net(), run.data());
      Computation loss = trained.world().map(w -> InUnit.tested(trained.net(), w, run.tested())).orElse(run.tested());
      Score score = bench.engine().test(trained.model(), data, loss, Listener.NONE);
      Mistakes mistakes = Mistakes.of(
          run.net().name(), data, bench.engine().predict(trained.model(), data.test(), bench.loss(run.net(), loss)));
      Patient patient = new Patient(run, bench, false);
      boolean isRun = !patient.epochs().isEmpty();
      Optional<Table> findings = isRun ? Optional.of(FindingTable.of(run.net().name(), Doctor.look(patient))) : Optional.empty();
      List<Integer> striking = isRun && patient.classifies() && mistakes.predictions().unclear() == 0 ? Striking.of(mistakes) : List.of();
      Report report = new Report(
          run, trained, bench.history(run), data, score, mistakes, findings, seen(bench, trained, data, loss), looked(bench, mistakes, striking),
          walks(bench, striking.isEmpty() ? 0 : striking.getFirst()), asked.stream().flatMap(d -> exhibits(d.run(bench))).toList(), bench.phrases());
      return bench.written("a report", span, file, path -> TextFile.write(path, Report.FORM, report.html()));
    }
  }
}
