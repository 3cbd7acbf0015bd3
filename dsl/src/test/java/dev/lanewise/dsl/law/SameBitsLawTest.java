package dev.lanewise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What plays no part for the numbers: threads, the width of vectors, names, the order of definitions, a head that counts nothing.
 * {@code -Dlanewise.seed=} repeats a network, {@code -Dlanewise.networks=} tries more.
 */
class SameBitsLawTest {
  @Test
  void threadsDoNotChangeABit() {
    Seeds.all("threads", 25, Wish.ALL, trial -> {
      Map<String, float[]> one = trial.trained(1);
      Same.bits("three threads", one, trial.trained(3));
      Same.bits("the same once more", one, trial.trained(1));
    });
  }

  @Test
  void vectorsDoNotChangeABit() throws IOException, InterruptedException {
    int count = Seeds.count(5);
    System.out.println("vectors: " + count + " networks from seed " + Seeds.first());
    String own = Bits.of(Seeds.first(), count);
    for (int width : new int[] {128, 256}) {
      assertThat(bits(width, count)).as("vectors of %d bits; seeds and what bits come of them", width).isEqualTo(own);
    }
  }

  /** A seed that fails is told so that it can be repeated: the order of a {@code Map.of} is another one in each JVM, and must draw nothing. */
  @Test
  void aSeedDrawsTheSameScriptInEveryJvm() throws IOException, InterruptedException {
    int count = Seeds.count(100);
    String own = Drawn.of(Seeds.first(), count);
    for (int i = 0; i < 3; i++) {
      assertThat(said(Drawn.class, count)).as("scripts of %d seeds from %d on", count, Seeds.first()).isEqualTo(own);
    }
  }

  /** What a JVM with such vectors makes of the networks. */
  private static String bits(int width, int count) throws IOException, InterruptedException {
    return said(Bits.class, count, "-Dlanewise.vector=" + width);
  }

  /** What a JVM of its own says of the networks. */
  private static String said(Class<?> main, int count, String... options) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules", "jdk.incubator.vector", "-Dlanewise.early=1"));
    words.addAll(List.of(options));
    words.addAll(List.of("-Dbasedir=" + System.getProperty("basedir", "."), "-cp", System.getProperty("java.class.path"), main.getName(), "" + Seeds.first(), "" + count));
    Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void namesDoNotMatter() {
    Seeds.all("names", 25, Wish.FIXED, trial -> {
      String text = trial.script().text().replaceAll("\\b([vBhf])(\\d+)\\b", "renamed_$1$2").replaceAll("\\bnet N\\b", "net Other")
          .replaceAll("\\btrain N\\b", "train Other").replaceAll("\\b(Linear|Gate|Scale|Channels|centered|attended)\\b", "my$1");
      Trial renamed = Trial.of(trial.script(), text);
      Gradients plain = Gradients.of(trial);
      Gradients other = Gradients.of(
          renamed.graph(), renamed.loss(), Gradients.renamed(trial.model().tensors(), renamed.graph()), trial.script().examples(),
          Gradients.Way.plain(trial));
      assertThat(other.loss()).isEqualTo(plain.loss());
      List<float[]> a = List.copyOf(plain.of().values());
      List<float[]> b = List.copyOf(other.of().values());
      for (int i = 0; i < a.size(); i++) {
        Same.bits("gradient " + i, Map.of("it", a.get(i)), Map.of("it", b.get(i)));
      }
    });
  }

  /** Definitions in another order, of those that do not read each other. */
  @Test
  void theOrderOfDefinitionsDoesNotMatter() {
    Seeds.all("definitions", 25, Wish.ALL, trial -> {
      List<String> turned = new ArrayList<>(trial.script().written().definitions());
      boolean blocks = turned.stream().anyMatch(d -> d.startsWith("block"));
      if (turned.size() < 2 || blocks) {
        return;
      }
      Collections.reverse(turned);
      Trial other = Trial.of(trial.script().defined(turned));
      Same.bits("gradient", Gradients.of(trial).of(), Gradients.of(other).of());
    });
  }

  /** The same numbers; not always the same bits, since a value that a head reads too is rounded where it otherwise passes on within a kernel. */
  @Test
  void aHeadThatCountsNothingChangesNothing() {
    Seeds.all("head", 25, Wish.ALL.withoutHeads(), trial -> {
      Optional<RandomScript> script = trial.script().withHead(trial.script().seed() ^ 5);
      if (script.isEmpty()) {
        return;
      }
      Trial more = Trial.of(script.get());
      Gradients before = Gradients.of(trial);
      Gradients after = Gradients.of(more);
      String what = "with a head\n" + script.get().text();
      assertThat(after.loss()).as("loss " + what).isCloseTo(before.loss(), within(1e-6 * (1 + Math.abs(before.loss()))));
      new Rounding(trial, Gradients.Way.plain(trial)).check("gradient " + what, before, after);
      after.of().forEach((name, g) -> assertThat(before.of().containsKey(name) || isZero(g)).as("gradient of %s %s", name, what).isTrue());
    });
  }

  private static boolean isZero(float[] values) {
    for (float v : values) {
      if (v != 0) {
        return false;
      }
    }
    return true;
  }
}
