package dev.lanewise.dsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.session.Diagnosed;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.file.Claim;
import dev.lanewise.runtime.file.FileForm;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.Birth;
import dev.lanewise.runtime.train.Journal;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that was killed between two of its writes, or in the middle of one, goes on with every epoch once in every log. The files are put
 * together as such a kill leaves them: those that had been written are of an epoch, the others of the one before.
 */
class JournalTest {
  private static final int EPOCHS = 7;
  private static final String CHECKPOINT = "run.safetensors";
  private static final String BEST = "best.safetensors";
  private static final String CSV = "l.csv";
  private static final String JSON = "l.jsonl";

  @TempDir private Path folder;

  private final List<SessionEvent> events = new ArrayList<>();

  private static String script(Path in, int epochs) {
    return """
        net N = input 2 -> dense(6) -> tanh -> dense(2)
        data points = moons(count = 60, noise = 0.2) { split.val = 12 }
        run = train N on points {
          epochs = %d; batch = 16; optimizer = adam(0.05); metrics = [accuracy, f1, auc]
          resume = "FOLDER/run.safetensors"; save = best("FOLDER/best.safetensors", by = val.loss)
          log = [csv("FOLDER/l.csv"), jsonl("FOLDER/l.jsonl"), tensorboard("FOLDER/board")]
        }
        """.formatted(epochs).replace("FOLDER", in.toString().replace('\\', '/'));
  }

  private void run(Path in, int epochs, SessionListener listener) {
    events.clear();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), e -> {
      events.add(e);
      listener.on(e);
    })) {
      assertThat(session.run(new Source("x.net", script(in, epochs)))).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    }
  }

  private void run(Path in) {
    run(in, EPOCHS, _ -> { });
  }

  private static Map<String, byte[]> files(Path in) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> all = Files.walk(in)) {
      for (Path file : all.filter(Files::isRegularFile).filter(f -> !f.toString().endsWith(".lock")).sorted().toList()) {
        files.put(in.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static void put(Path in, Map<String, byte[]> files) throws IOException {
    for (var f : files.entrySet()) {
      Files.createDirectories(in.resolve(f.getKey()).getParent());
      Files.write(in.resolve(f.getKey()), f.getValue());
    }
  }

  /** How the files of a run were after each of its epochs, from none on. */
  private List<Map<String, byte[]>> states() throws IOException {
    Path in = Files.createDirectory(folder.resolve("whole"));
    List<Map<String, byte[]>> states = new ArrayList<>(List.of(Map.of()));
    run(in, EPOCHS, e -> {
      if (e instanceof SessionEvent.Training(TrainEvent.Epoch _)) {
        states.add(files(in));
      }
    });
    return states;
  }

  /** The moments of an epoch at which a process may have been killed: after each of its writes, and in the middle of what is added to a file. */
  private static List<Map<String, byte[]>> kills(Map<String, byte[]> before, Map<String, byte[]> after) {
    List<Map<String, byte[]>> kills = new ArrayList<>();
    Map<String, byte[]> so = new LinkedHashMap<>(before);
    String board = after.keySet().stream().filter(f -> f.startsWith("board")).findFirst().orElseThrow();
    for (String file : List.of(CHECKPOINT, BEST, CSV, JSON, board)) {
      byte[] old = before.getOrDefault(file, new byte[0]);
      byte[] written = after.get(file);
      if (!file.equals(CHECKPOINT) && !file.equals(BEST)) {
        for (int more : new int[] {1, (written.length - old.length) / 2, written.length - old.length - 1}) {
          so.put(file, Arrays.copyOf(written, old.length + more));
          kills.add(new LinkedHashMap<>(so));
        }
      }
      so.put(file, written);
      kills.add(new LinkedHashMap<>(so));
    }
    return kills;
  }

  @Test
  void whereverARunIsKilledEveryEpochIsOnceInEveryLog() throws IOException {
    List<Map<String, byte[]>> states = states();
    Map<String, byte[]> whole = states.getLast();
    int kills = 0;
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      for (Map<String, byte[]> kill : kills(states.get(epoch - 1), states.get(epoch))) {
        Path in = Files.createDirectory(folder.resolve("kill" + ++kills));
        put(in, kill);
        Files.writeString(in.resolve(CHECKPOINT + ".lock"), "process 1, since 1970\n");
        for (String file : List.of(CHECKPOINT, BEST, CSV, JSON)) {
          Files.writeString(in.resolve(file + ".01234567-89ab-cdef-0123-456789abcdef.part"), "half");
        }
        run(in);
        assertSame(in, whole, epoch);
      }
    }
    assertThat(kills).isGreaterThan(50);
  }

  /** @param known epochs that were kept before the kill: they are told with their own seconds */
  private void assertSame(Path in, Map<String, byte[]> whole, int known) throws IOException {
    Map<String, byte[]> files = files(in);
    String which = in.getFileName().toString();
    assertThat(files.keySet()).as(which).isEqualTo(whole.keySet());
    List<String> csv = lines(files.get(CSV));
    assertThat(csv.subList(0, known + 1)).as(which).isEqualTo(lines(whole.get(CSV)).subList(0, known + 1));
    assertThat(csv.stream().map(JournalTest::timeless)).as(which).isEqualTo(lines(whole.get(CSV)).stream().map(JournalTest::timeless).toList());
    List<String> json = lines(files.get(JSON));
    assertThat(json.subList(0, known)).as(which).isEqualTo(lines(whole.get(JSON)).subList(0, known));
    assertThat(json.stream().map(JournalTest::timeless)).as(which).isEqualTo(lines(whole.get(JSON)).stream().map(JournalTest::timeless).toList());
    String board = files.keySet().stream().filter(f -> f.startsWith("board")).findFirst().orElseThrow();
    assertThat(steps(files.get(board))).as(which).isEqualTo(IntStream.rangeClosed(0, EPOCHS).boxed().toList());
    assertThat(tensors(in.resolve(CHECKPOINT))).as(which).isEqualTo(tensors(folder.resolve("whole").resolve(CHECKPOINT)));
    assertThat(tensors(in.resolve(BEST))).as(which).isEqualTo(tensors(folder.resolve("whole").resolve(BEST)));
    assertThat(Safetensors.read(in.resolve(BEST)).metadata()).as(which)
        .isEqualTo(Safetensors.read(folder.resolve("whole").resolve(BEST)).metadata());
  }

  private static List<String> lines(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n");
    return text.lines().toList();
  }

  private static String timeless(String line) {
    return line.replaceFirst("^(\\d+),[^,]*,", "$1,").replaceFirst("\"seconds\":[^,]*,", "");
  }

  /** Of every record; the first one is the head's. */
  private static List<Integer> steps(byte[] file) {
    ByteBuffer records = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> steps = new ArrayList<>();
    while (records.hasRemaining()) {
      byte[] data = new byte[(int) records.getLong()];
      records.getInt();
      records.get(data);
      records.getInt();
      // Behind the tag and the eight bytes of the time, and the tag of the step.
      steps.add((int) data[10]);
    }
    return steps;
  }

  private static Map<String, List<Float>> tensors(Path file) throws IOException {
    Map<String, List<Float>> all = new LinkedHashMap<>();
    for (Tensor t : Safetensors.read(file).tensors()) {
      all.put(t.name(), IntStream.range(0, t.values().length).mapToObj(i -> t.values()[i]).toList());
    }
    return all;
  }

  @Test
  void whatIsTornDoubledOrBeyondIsWrittenAnew() throws IOException {
    Map<String, byte[]> state = states().get(4);
    Path in = Files.createDirectory(folder.resolve("hand"));
    put(in, state);
    List<String> csv = new ArrayList<>(lines(state.get(CSV)));
    csv.add(3, csv.get(2));
    csv.add("9,0.1,0.1");
    Files.write(in.resolve(CSV), csv);
    Files.writeString(in.resolve(JSON), "{\"epoch\":1,\"sec");
    Files.delete(in.resolve(BEST));
    run(in);
    assertSame(in, files(folder.resolve("whole")), 4);
  }

  @Test
  void aFileOfSomebodyElseStays() throws IOException {
    Map<String, byte[]> state = states().get(EPOCHS - 1);
    Path in = Files.createDirectory(folder.resolve("other"));
    put(in, state);
    Files.writeString(in.resolve(CSV), "name,age\nAda,36\n");
    events.clear();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), events::add)) {
      assertThat(session.run(new Source("x.net", script(in, EPOCHS)))).isEqualTo(Outcome.MISTAKE);
    }
    assertThat(Diagnosed.in(events).getFirst().message()).endsWith("holds text that begins with `name,age`, not a log of epochs");
    assertThat(in.resolve(CSV)).hasContent("name,age\nAda,36\n");
    assertThat(in.resolve(CHECKPOINT)).hasBinaryContent(state.get(CHECKPOINT));
  }

  /** It came there while the run, or somebody else, was at work: after all files had been looked at. */
  @Test
  void aFileThatComesBetweenStaysToo() throws IOException {
    Path file = Files.writeString(folder.resolve("late.csv"), "name,age\n");
    LogFile log = new LogFile(file, new LogFormat.Csv(List.of()));
    TrainEvent.Epoch epoch = new TrainEvent.Epoch("N", 1, 2, 0.5, new Score(0.5, 0.5, 10), null, 0.1);
    assertThatThrownBy(() -> log.add(epoch)).isInstanceOf(FileForm.OtherFileException.class);
    Journal journal = new Journal(Birth.now(), 0, List.of(epoch), List.of());
    assertThatThrownBy(() -> log.goOn(journal)).isInstanceOf(FileForm.OtherFileException.class);
    assertThat(file).hasContent("name,age\n");
  }

  /** JSON has no NaN. */
  @Test
  void whatIsNoNumberIsNullInJson() {
    TrainEvent.Epoch epoch = new TrainEvent.Epoch("N", 1, 2, 0.5, new Score(Double.NaN, 0.5, 10), null, 0.1);
    assertThat(new String(new LogFormat.JsonLines(List.of()).line(epoch, 0.5), StandardCharsets.UTF_8))
        .isEqualTo("{\"epoch\":1,\"seconds\":0.500000,\"train.loss\":null,\"rate\":0.100000}\n");
    assertThat(new String(new LogFormat.Csv(List.of()).line(epoch, 0.5), StandardCharsets.UTF_8)).isEqualTo("1,0.500000,NaN,0.100000\n");
  }

  /** Files of the releases before have no journal, and their runs go on with the logs that they have. */
  @Test
  void aCheckpointWithoutAJournalGoesOn() throws IOException {
    Map<String, byte[]> state = states().get(3);
    Path in = Files.createDirectory(folder.resolve("old"));
    put(in, state);
    Safetensors.Content content = Safetensors.read(in.resolve(CHECKPOINT));
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.keySet().removeIf(k -> k.startsWith("journal."));
    Safetensors.write(
        in.resolve(CHECKPOINT), content.tensors().stream().filter(t -> !t.name().startsWith("saved.")).toList(), metadata);
    run(in, 4, _ -> { });
    // The second time there is a journal, of the epochs since.
    run(in);
    assertThat(lines(Files.readAllBytes(in.resolve(CSV))).subList(0, 4)).isEqualTo(lines(state.get(CSV)));
    assertThat(lines(Files.readAllBytes(in.resolve(CSV))).stream().map(JournalTest::timeless))
        .isEqualTo(lines(files(folder.resolve("whole")).get(CSV)).stream().map(JournalTest::timeless).toList());
    assertThat(lines(Files.readAllBytes(in.resolve(JSON)))).hasSize(EPOCHS);
  }

  /** What a run tells of itself includes what it told before it was killed. */
  @Test
  void aRunThatGoesOnKnowsItsPast() throws IOException {
    Map<String, byte[]> state = states().get(EPOCHS);
    Path in = Files.createDirectory(folder.resolve("past"));
    put(in, state);
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), events::add)) {
      String report = in.resolve("r.html").toString().replace('\\', '/');
      assertThat(session.run(new Source("x.net", script(in, EPOCHS) + "report(run, \"" + report + "\")\n"))).isEqualTo(Outcome.OK);
    }
    String html = Files.readString(in.resolve("r.html"));
    assertThat(html).contains("<b>" + EPOCHS + " / " + EPOCHS + "</b>", "f1 of N", "auc of N");
    String[] last = lines(state.get(CSV)).getLast().split(",");
    assertThat(html).contains("<td>" + EPOCHS + "</td><td>" + String.format(java.util.Locale.ROOT, "%.4f", Double.parseDouble(last[2])) + "</td>");
  }

  /** Two at once would each write what only one of them knows. */
  @Test
  void oneAtATimeHasARun() throws IOException {
    Path file = folder.resolve(CHECKPOINT);
    try (Claim _ = Claim.of(Optional.of(file)); Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), events::add)) {
      assertThat(session.run(new Source("x.net", script(folder, EPOCHS)))).isEqualTo(Outcome.MISTAKE);
      Diagnostic said = Diagnosed.in(events).getFirst();
      assertThat(said.code()).isEqualTo(Code.L030);
      assertThat(said.message()).isEqualTo("the run cannot be kept, or gone on with: " + file + " is in use by another training of this process");
      assertThat(said.remedy().text()).isEqualTo("wait until it ends, or name another file in `resume`");
      events.clear();
      String sweep = """
          net M(width = 4) = input 2 -> dense(width) -> tanh -> dense(2)
          data others = moons(count = 60)
          base = train M on others
          sweep base { M.width in [3, 5]; resume = "FILE" }
          """.replace("FILE", file.toString().replace('\\', '/'));
      assertThat(session.run(new Source("y.net", sweep))).isEqualTo(Outcome.MISTAKE);
      assertThat(Diagnosed.in(events).getFirst().message()).startsWith("the sweep cannot be kept, or gone on with: ").endsWith("of this process");
    }
    assertThat(Files.exists(folder.resolve(CSV))).isFalse();
    run(folder);
    assertThat(files(folder)).containsKeys(CHECKPOINT, CSV);
  }
}
