package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.doctor.visit.Doctor;
import dev.lanewise.dsl.doctor.visit.FindingTable;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code doctor(base)}, where base is a training run. */
public final class DoctorVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "doctor", "what a teacher would see of a training: what is wrong, the figures that show it, the line, and a change to try",
        required("run", Thing.RUN, "such as `base = train Net on data`"));
  }

  @Override
  public String example() {
    return "doctor(base)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedTrain run = given.run("run");
    return run.rival().isPresent()
        ? given.problems().report(
            Code.L098, given.at("run"), "the doctor looks at one network that learns from examples, but this run has trained two against each other", "look with sample(" + run.net().name() + ")")
        : Optional.of(new Of(given.span(), run));
  }

  private record Of(Span span, CheckedTrain run) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Patient patient = new Patient(run, bench, false);
      if (patient.epochs().isEmpty()) {
        throw new MistakeException(Code.L006, span, "the training has no epoch yet", "let it go on to the end of one");
      }
      return new Result.Shown(FindingTable.of(run.net().name(), Doctor.look(patient)));
    }
  }
}
