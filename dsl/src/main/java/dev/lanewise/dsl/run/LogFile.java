package dev.lanewise.dsl.run;

import dev.lanewise.runtime.file.AtomicFile;
import dev.lanewise.runtime.train.Journal;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * One file of a run's log. A run begins it anew with its first epoch, and adds each at once. One that goes on compares it with the journal:
 * what is missing is added; what is torn, doubled, or of epochs that were never kept, is written anew. What is no log stays as it is.
 */
public final class LogFile {
  private final Path path;
  private final LogFormat format;
  private boolean begun;
  private double seconds;

  LogFile(Path path, LogFormat format) {
    this.path = path;
    this.format = format;
  }

  /** @throws IOException if it cannot be written, or there is something else than a log */
  void add(TrainEvent.Epoch epoch) throws IOException {
    seconds += epoch.seconds();
    if (!begun) {
      format.form().check(path);
      makeFolder();
      Files.write(path, format.head(epoch));
      begun = true;
    }
    append(format.line(epoch, seconds));
  }

  private void makeFolder() throws IOException {
    if (format instanceof LogFormat.Board) {
      Files.createDirectories(path.toAbsolutePath().getParent());
    }
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(path, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** @throws IOException if it cannot be written, or there is something else than a log */
  void goOn(Journal journal) throws IOException {
    AtomicFile.clear(path);
    format.form().check(path);
    byte[] there = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
    seconds = journal.epochs().stream().mapToDouble(TrainEvent.Epoch::seconds).sum();
    // That of a run which had no journal yet is added to, and else left alone.
    begun = there.length > 0 || !journal.epochs().isEmpty();
    if (!journal.epochs().isEmpty()) {
      mend(there, whole(there, journal));
    }
  }

  /** What the file should hold. */
  private byte[] whole(byte[] there, Journal journal) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    boolean keeps = journal.before() > 0 && there.length > 0;
    whole.writeBytes(keeps ? format.part(there, e -> e <= journal.before()) : format.head(journal.epochs().getFirst()));
    double so = 0;
    for (TrainEvent.Epoch epoch : journal.epochs()) {
      so += epoch.seconds();
      whole.writeBytes(format.line(epoch, so));
    }
    return whole.toByteArray();
  }

  private void mend(byte[] there, byte[] whole) throws IOException {
    boolean begins = there.length <= whole.length && Arrays.equals(there, 0, there.length, whole, 0, there.length);
    if (begins && there.length > 0) {
      append(Arrays.copyOfRange(whole, there.length, whole.length));
    } else if (!begins || whole.length > 0) {
      makeFolder();
      AtomicFile.write(path, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(whole)));
    }
  }
}
