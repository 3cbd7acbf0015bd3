package dev.lanewise.dsl.verb;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.History;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What deeds work with: the networks, data and trainings of a session, as they are when the deed is reached. Whatever a deed changes it
 * has from here, so that {@code :undo} knows of it.
 */
public interface Bench {
  /** The network as it is now, without making its parameters if nobody needs them yet. */
  CheckedNet now(CheckedNet net);

  /** The network with its values. */
  Trained trained(CheckedNet net);

  /** The examples by themselves. */
  DataSplit split(CheckedData data);

  /**
   * The examples as a network is shown them: normalised as it knows them, with its outputs for their classes.
   *
   * @throws World.StrangeException if it cannot be told what they are to it
   */
  DataSplit shown(CheckedNet net, CheckedData data);

  /** A network has other parameters now, and with them what its numbers mean, if that is known. */
  void took(CheckedNet net, Optional<World> world, Optional<Computation> loss);

  /** The loss that a network was trained with, or else the one that fits it. */
  Computation loss(CheckedNet net, Computation fitting);

  /** The same for examples of that kind. */
  Computation loss(CheckedNet net, CheckedData of, Computation fitting);

  /** What a training has told so far: its epochs, and what was changed on the way. */
  History history(CheckedTrain run);

  /** In which a training was written. */
  Source source(CheckedTrain run);

  /** In which data were written. */
  Source source(CheckedData data);

  Engine engine();

  KernelSet kernels();

  /** Where all randomness begins. */
  long seed();

  /** In which files are written. */
  Phrases phrases();

  /** Whoever watches trainings and tests. */
  Listener progress();

  /** Work that has no end of its own where it could be stopped. It must change nothing: what is given up is dropped. */
  <T> T waiting(Supplier<T> work);

  /** Tells of what is suspicious, and goes on. */
  void warn(Code code, Span span, String message, String remedy);

  /** Tells a piece of a text that is being made, as soon as it is there. @param ends whether the text is at its end */
  void spoken(String piece, boolean ends);

  /** Writes a file. */
  interface FileWriter {
    void write(Path path) throws IOException;
  }

  /** @param what it holds, in a few words @throws dev.lanewise.dsl.diagnostic.MistakeException at the span if it cannot be written */
  Result written(String what, Span span, Path path, FileWriter writer);
}
