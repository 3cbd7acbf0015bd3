package dev.lanewise.dsl.doctor.layer;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.meaning.CheckedNet;
import java.util.Optional;

/** A batchnorm takes its means over fewer than 8 examples: they are as much noise as mean. */
public final class SmallBatches implements Check {
  private static final int LEAST = 8;
  /** Images and sequences have several values of a channel in each example. */
  private static final int VALUES = 64;

  @Override
  public Optional<Finding> look(Patient patient) {
    int batch = Math.min(patient.run().settings().batch(), patient.data().train().size());
    return batch >= LEAST ? Optional.empty() : patient.net().layers().stream()
        .filter(l -> l.computation().name().equals("batchnorm") && batch * places(l) < VALUES && !patient.run().isFrozen(l.name() + ".weight")).findFirst()
        .map(l -> new Finding(
            Cause.BATCH_SMALL, "`" + l.name() + "` takes each mean over " + batch * places(l) + " values: a batch has " + batch + " examples", patient.setting("batch"),
            "batch = 32, or layernorm in place of batchnorm"));
  }

  private static int places(CheckedNet.Layer layer) {
    return layer.output().size() / layer.output().channels();
  }
}
