package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.data.WorldText;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.train.TrainEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network's numbers mean, from one process to the next. */
class WorldsTest {
  private static final String DEF = "def odd(output, label, power = 2) = mean((output - onehot(label)) ^ power)\n";

  private final List<SessionEvent> events = new ArrayList<>();

  @TempDir private Path folder;

  /** Each time as in a process of its own. */
  private Outcome run(String script) {
    events.clear();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      return session.run(new Source(folder.resolve("s.net").toString(), script));
    }
  }

  private List<Diagnostic> found() {
    return Diagnosed.in(events);
  }

  private double loss() {
    return events.stream().flatMap(e -> e instanceof SessionEvent.Training(TrainEvent.Tested t) ? Stream.of(t.score().loss()) : Stream.empty()).findFirst().orElseThrow();
  }

  private void image(String name, int ground, int ink) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, (i % 8 == name.length() % 8 ? ink : ground) * 0x10101);
    }
    Files.createDirectories(folder.resolve(name).getParent());
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  private void images() throws IOException {
    for (int i = 0; i < 12; i++) {
      image("d/a/" + "x".repeat(1 + i % 3) + i + ".png", 0, 255);
      image("d/b/" + "x".repeat(3 + i % 3) + i + ".png", 0, 200);
    }
  }

  /** What goes into a network is normalised as its world says: with the parameters alone, the output would be another one. */
  @Test
  void takingBackATrainingOrALoadTakesTheWorldBack() {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      String file = folder.resolve("m.safetensors").toString();
      String raw = typed(session, "net M = input 2 -> dense(2); data a = moons(count = 60) { normalize = auto }\nM([1, 0])");
      session.undo();
      String trained = typed(session, "train M on a { epochs = 1 }\nsave(M, \"" + file + "\")\nM([1, 0])");
      assertThat(trained).isNotEqualTo(raw);
      IntStream.range(0, 3).forEach(_ -> session.undo());
      assertThat(typed(session, "M([1, 0])")).isEqualTo(raw);
      session.undo();
      assertThat(typed(session, "load(M, \"" + file + "\")\nM([1, 0])")).isEqualTo(trained);
      IntStream.range(0, 2).forEach(_ -> session.undo());
      assertThat(typed(session, "M([1, 0])")).isEqualTo(raw);
    }
  }

  /** The value that the last line has. */
  private String typed(Session session, String lines) {
    for (String line : lines.split("\n")) {
      assertThat(session.run(new Source("prompt", line, true))).as("%s", found()).isEqualTo(Outcome.OK);
    }
    return ((SessionEvent.Value) events.getLast()).text();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "2 | cross_entropy(smooth = 0.1)", "1 | bce_with_logits", "1 | mse", "4 | triplet(margin = 0.5)", "2 | odd(power = 4)"
  })
  void aLoadedNetworkIsTestedByItsLoss(int outputs, String loss) {
    String net = DEF + "net N = input 2 -> dense(8) -> tanh -> dense(" + outputs + ")\n";
    String data = "data d = moons(count = 200) NORMAL\n";
    assertThat(run(net + data.replace("NORMAL", "{ normalize = auto }") + "train N on d { epochs = 3; loss = " + loss + " }\nsave(N, \"n.safetensors\")\ntest(N, d)\n"))
        .as("%s", found()).isEqualTo(Outcome.OK);
    double told = loss();
    assertThat(run(net + data.replace("NORMAL", "") + "load(N, \"n.safetensors\")\ntest(N, d)\n")).as("%s", found()).isEqualTo(Outcome.OK);
    assertThat(found()).isEmpty();
    assertThat(loss()).isEqualTo(told);
  }

  /** Its output fits nothing that is usual. */
  private static final String OWN = "def far(output, input) = mean((output - mean(input)) ^ 2)\n";
  private static final String SQUARE = "net N = input 2 -> dense(4) -> reshape(1x2x2)\ndata d = moons(count = 60)\n";

  @ParameterizedTest
  @ValueSource(strings = {"load(N,", "load(N, from ="})
  void onlyTheFileTellsByWhatANetworkIsTestedWhoseOutputFitsNothing(String call) {
    assertThat(run(OWN + SQUARE + "train N on d { loss = far; epochs = 2 }\nsave(N, \"n.safetensors\")\ntest(N, d)\n")).as("%s", found()).isEqualTo(Outcome.OK);
    double told = loss();
    String load = call + " \"n.safetensors\")\n";
    assertThat(run(OWN + SQUARE + load + "expect test(N, d).loss >= 0\npredict(N, d.test.batch(0, size = 4))\n")).as("%s", found()).isEqualTo(Outcome.OK);
    assertThat(found()).isEmpty();
    assertThat(loss()).isEqualTo(told);
    // The same without the loss, without a file that knows one, and without a file.
    assertThat(run(SQUARE + load + "test(N, d)\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(found()).extracting(Diagnostic::code).containsExactly(Code.L060, Code.L016);
    assertThat(run(OWN + SQUARE + "save(N, \"n.safetensors\")\n" + load + "test(N, d)\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(found()).extracting(Diagnostic::code).containsExactly(Code.L016);
    assertThat(run(OWN + SQUARE + "test(N, d)\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(found()).extracting(Diagnostic::code).containsExactly(Code.L016);
  }

  @Test
  void aNetworkThatIsReadAndTrainedAgainIsLookedAtBeforeItIs() {
    assertThat(run(OWN + SQUARE + "train N on d { loss = far }\nsave(N, \"n.safetensors\")\n")).as("%s", found()).isEqualTo(Outcome.OK);
    assertThat(run(OWN + SQUARE + "load(N, \"n.safetensors\")\ntrain N on d { loss = far }\nconfusion(N, d)\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(found()).extracting(Diagnostic::code).containsExactly(Code.L016);
    assertThat(run(OWN + SQUARE + "load(N, \"n.safetensors\")\nconfusion(N, d)\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(found()).extracting(Diagnostic::code).containsExactly(Code.L016);
  }

  @Test
  void aLossThatIsNotKnownHereIsTold() {
    String net = "net N = input 2 -> dense(2)\ndata d = moons(count = 60)\n";
    assertThat(run(DEF + net + "train N on d { loss = odd }\nsave(N, \"n.safetensors\")\n")).as("%s", found()).isEqualTo(Outcome.OK);
    assertThat(run(net + "load(N, \"n.safetensors\")\ntest(N, d)\n")).isEqualTo(Outcome.OK);
    assertThat(found()).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L060);
      assertThat(d.message()).contains("`odd`");
    });
  }

  @ParameterizedTest
  @CsvSource({"confusion", "mistakes"})
  void placesAreNoClasses(String verb) {
    String script = "net N = input 2 -> dense(4)\ndata d = moons(count = 60)\ntrain N on d { loss = triplet }\n" + verb + "(N, d)\n";
    assertThat(run(script)).isEqualTo(Outcome.MISTAKE);
    assertThat(found().getLast().message()).contains("gives places");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{\"input\":\"plain\" | damaged",
    "{\"input\":\"hologram\",\"mean\":[\"0\"],\"std\":[\"1\"],\"output\":\"classes\",\"classes\":[\"a\",\"b\"]} | newer version",
    "{\"input\":\"numbers\",\"mean\":[\"0\"],\"std\":[\"1\"],\"output\":\"classes\",\"classes\":[\"a\",\"b\"]} | takes 2",
    "{\"input\":\"numbers\",\"mean\":[\"0\",\"0\"],\"std\":[\"1\",\"1\"],\"output\":\"classes\",\"classes\":[\"a\",\"a\"]} | called alike",
    "{\"input\":\"numbers\",\"mean\":[\"0\",\"0\"],\"std\":[\"1\",\"1\"],\"output\":\"classes\",\"classes\":[\"a\",\"b\",\"c\"]} | 3 outputs",
    "{\"input\":\"numbers\",\"mean\":[\"0\",\"0\"],\"std\":[\"1\",\"1\"],\"output\":\"numbers\",\"names\":[],\"unit.mean\":[\"1\"],\"unit.std\":[\"2\"]} | 1 outputs"
  })
  void aWorldThatDoesNotFitIsRefused(String world, String why) throws IOException {
    String net = "net N = input 2 -> dense(2)\n";
    assertThat(run(net + "save(N, \"n.safetensors\")\n")).isEqualTo(Outcome.OK);
    Path file = folder.resolve("n.safetensors");
    Safetensors.Content content = Safetensors.read(file);
    Map<String, String> metadata = new HashMap<>(content.metadata());
    metadata.put(WorldText.KEY, world);
    Safetensors.write(file, content.tensors(), metadata);
    assertThat(run(net + "load(N, \"n.safetensors\")\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(found().getLast().code()).isEqualTo(Code.L031);
    assertThat(found().getLast().message()).contains(why);
  }

  @Test
  void imagesOfTheOtherInkAreTold() throws IOException {
    images();
    image("dark.png", 255, 0);
    image("light.png", 0, 255);
    String script = "net N = input 1x8x8 -> flatten -> dense(2)\ndata d = images(\"d\", size = 8) { split.test = 4; normalize = auto }\ntrain N on d\n";
    assertThat(run(script + "classify(N, \"light.png\", to = \"seen.png\")\n")).as("%s", found()).isEqualTo(Outcome.OK);
    assertThat(folder.resolve("seen.png")).exists();
    assertThat(found()).noneMatch(d -> d.code() == Code.L062);
    assertThat(run(script + "classify(N, \"dark.png\")\n")).as("%s", found()).isEqualTo(Outcome.OK);
    assertThat(found()).anyMatch(d -> d.code() == Code.L062 && d.message().contains("lighter"));
  }

  @Test
  void whatIsRebuiltIsShownAsAnImage() throws IOException {
    images();
    String script = "net N = input 1x8x8 -> flatten -> dense(64)\ndata d = images(\"d\", size = 8) { split.test = 4; target = input }\ntrain N on d\n";
    assertThat(run(script + "predict(N, \"d/a/x0.png\")\n")).as("%s", found()).isEqualTo(Outcome.OK);
    List<Gallery> shown = events.stream().flatMap(e -> e instanceof SessionEvent.Shown(Gallery g) ? Stream.of(g) : Stream.empty()).toList();
    assertThat(shown).singleElement().satisfies(g -> assertThat(g.pictures()).extracting(Picture::caption).containsExactly("x0.png", "output"));
    assertThat(run(script + "classify(N, \"d/a/x0.png\")\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(found().getLast().code()).isEqualTo(Code.L088);
  }
}
