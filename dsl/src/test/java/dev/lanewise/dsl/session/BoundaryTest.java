package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is thrown while a statement runs is told, and the session goes on as before the statement. */
class BoundaryTest {
  private static final int ROWS = 6000;
  private static final int WIDTH = 200;

  @TempDir private Path folder;

  private final List<SessionEvent> events = new ArrayList<>();
  private Runnable atEpoch = () -> { };
  private Session session;

  private Outcome typed(String text, int threads) {
    if (session == null) {
      session = new Session(new Options(threads, OptionalLong.empty(), KernelSet.VECTOR), this::on);
    }
    return session.run(new Source("prompt", text));
  }

  private void on(SessionEvent event) {
    events.add(event);
    if (event instanceof SessionEvent.Training(TrainEvent.Epoch _)) {
      atEpoch.run();
    }
  }

  @AfterEach
  void close() {
    if (session != null) {
      session.close();
    }
  }

  private Diagnostic told() {
    return events.stream()
        .filter(SessionEvent.Diagnosed.class::isInstance)
        .map(e -> ((SessionEvent.Diagnosed) e).diagnostic())
        .filter(Diagnostic::isError)
        .findFirst()
        .orElseThrow();
  }

  /** An array of zeros, as NumPy writes it. */
  private Path array(String name, String type, String shape, int bytes) throws IOException {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), (byte) (header.length() >> 8)});
      out.write(header.getBytes(StandardCharsets.ISO_8859_1));
      byte[] values = new byte[bytes];
      // Of bytes, the last is a label of another class.
      values[bytes - 1] = (byte) (type.endsWith("u1") ? 1 : 0);
      out.write(values);
    }
    return file;
  }

  private static void cut(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(4096);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Be it read by the caller or by another worker. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aFileThatGetsShorterWhileItIsReadIsNamed(int threads) throws IOException {
    Path x = array("x.npy", "<f4", "(" + ROWS + ", " + WIDTH + ")", ROWS * WIDTH * 4);
    Path y = array("y.npy", "|u1", "(" + ROWS + ",)", ROWS);
    typed("net N = input 200 -> dense(2); data d = npy(\"" + x + "\", labels = \"" + y + "\"); a = 1", threads);
    String before = session.bound().toString();
    atEpoch = () -> cut(x);
    assertThat(typed("train N on d { epochs = 5; batch = 64 }", threads)).isEqualTo(Outcome.MISTAKE);
    assertThat(told().code()).isEqualTo(Code.L030);
    assertThat(told().message()).isEqualTo("`" + x + "` changed while it was read");
    assertThat(session.bound()).hasToString(before);
    assertThat(typed("a + 1", threads)).isEqualTo(Outcome.OK);
    // The workers and those that read ahead live on, too.
    atEpoch = () -> { };
    assertThat(typed("data p = xor(); net M = input 2 -> dense(2); train M on p { epochs = 2; batch = 2 }", threads)).isEqualTo(Outcome.OK);
  }

  @Test
  void whatIsThrownIsToldAndTheSessionGoesOn() {
    typed("data p = xor(); net M = input 2 -> dense(2)", 2);
    String before = session.bound().toString();
    atEpoch = () -> {
      throw new IllegalStateException("listening failed");
    };
    assertThat(typed("run = train M on p { epochs = 2; batch = 2 }", 2)).isEqualTo(Outcome.FAULT);
    assertThat(events.getLast()).isInstanceOfSatisfying(SessionEvent.Failed.class, f -> {
      assertThat(f.place()).isEqualTo("prompt:1:1");
      assertThat(f.cause()).hasMessage("listening failed");
    });
    assertThat(session.bound()).hasToString(before);
    assertThat(session.script()).doesNotContain("train");
    assertThat(typed("1 + 1", 2)).isEqualTo(Outcome.OK);
  }

  @Test
  void whoeverCannotEvenBeToldEndsNothing() {
    session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), e -> {
      throw new AssertionError(e);
    });
    assertThat(session.run(new Source("a.net", "a = 1"))).isEqualTo(Outcome.FAULT);
    assertThat(session.run(new Source("prompt", "a = "))).isEqualTo(Outcome.FAULT);
  }

  @Test
  void tooLittleMemoryIsSaid() {
    typed("data p = xor(); net M = input 2 -> dense(2)", 2);
    atEpoch = () -> {
      throw new OutOfMemoryError("Java heap space");
    };
    assertThat(typed("train M on p { epochs = 2; batch = 2 }", 2)).isEqualTo(Outcome.MISTAKE);
    assertThat(told().code()).isEqualTo(Code.L017);
  }

  /** A stack so small that what the language allows is too deep for it: how large a frame is the compiler decides, so ever less of one is left. */
  @Test
  void tooSmallAStackIsSaid() throws InterruptedException {
    String deep = "(".repeat(490) + "1" + ")".repeat(490);
    typed("a = 1", 1);
    List<Outcome> outcomes = new ArrayList<>();
    Thread small = new Thread(null, () -> below(0, () -> outcomes.add(typed(deep, 1)), outcomes), "small", 400_000);
    small.start();
    small.join();
    assertThat(outcomes.getLast()).isEqualTo(Outcome.MISTAKE);
    assertThat(told().code()).isEqualTo(Code.L005);
    assertThat(typed("a + 1", 1)).isEqualTo(Outcome.OK);
  }

  /** Tries again and again, a few frames deeper each time, until it did not succeed. */
  private static void below(int frames, Runnable trial, List<Outcome> outcomes) {
    if (frames % 20 == 0) {
      trial.run();
    }
    if (outcomes.getLast() == Outcome.OK) {
      below(frames + 1, trial, outcomes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "`x.npy` changed while it was read", "a file that data is read from cannot be read any more", "load the data again",
    "this is nested deeper than the stack of the JVM reaches", "a file cannot be read or written: it is gone"})
  void itIsSaidInChineseToo(String english) {
    assertThat(Phrases.of(Language.CHINESE).say(english)).containsPattern("\\p{IsHan}");
  }
}
