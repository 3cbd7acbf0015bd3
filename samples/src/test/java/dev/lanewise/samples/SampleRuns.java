package dev.lanewise.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** Samples that are run one by one; no sample has anything that a teacher would object to. */
abstract class SampleRuns {
  static final Path FOLDER = Sample.FOLDER;

  final Sample sample = new Sample();
  final List<SessionEvent> events = sample.events();

  /** What the doctor rightly says of a sample that a test trains on less than it needs. */
  final Set<Cause> said = EnumSet.noneOf(Cause.class);

  /** No sample has anything else that a teacher would object to, be it trained a little only. */
  @AfterEach
  void theDoctorFindsNothing() {
    assertThat(events).filteredOn(SessionEvent.Findings.class::isInstance).allSatisfy(e -> assertThat(said).containsAll(((SessionEvent.Findings) e).causes()));
  }

  Outcome run(String name, String script) {
    return sample.run(FOLDER.resolve(name), script);
  }

  Session session() {
    return sample.session();
  }
}
