package dev.lanewise.samples;

import static dev.lanewise.samples.Sample.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.Layout;
import dev.lanewise.dsl.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What README, docs and samples say is right: scripts check, pages in both languages say the same, the reference is that of the definitions. */
class DocsTest {
  private static final Path FOLDER = Sample.FOLDER;

  private final Sample sample = new Sample();

  @Test
  void everySampleIsWithoutMistakesAndExpectsSomething(@TempDir Path scratch) throws IOException {
    List<String> names;
    try (Stream<Path> files = Files.list(FOLDER)) {
      names = files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".net")).sorted().toList();
    }
    assertThat(names).containsExactly(
        "autoencoder.net", "captions.net", "cells.net", "circles.net", "clip.net", "dates.net", "denoising-autoencoder.net", "detect.net", "digits-by-rows.net", "distill.net", "fashion-mnist.net", "flats.net", "fruit.net",
        "gan.net", "lenet-search.net", "medical.net", "mnist-cnn.net", "mnist-deep.net", "mnist-fast.net", "mnist-federated.net", "mnist-mlp.net", "mnist-robust.net", "mnist-small.net", "names.net", "numerals.net", "own-functions.net", "poems.net",
        "recommend.net", "resnet.net", "reviews.net", "screening.net", "segment.net", "shakespeare.net", "siamese.net", "simclr.net", "sine.net", "speech.net", "spirals.net", "sums.net", "translate.net", "unet.net", "vae.net", "vit.net", "voices.net", "xor.net");
    SampleFiles.cells(scratch);
    SampleFiles.emoji(scratch);
    SampleFiles.texts(scratch);
    SampleFiles.sounds(scratch);
    for (String name : names) {
      Source source = List.of("cells.net", "clip.net", "names.net", "poems.net", "reviews.net", "shakespeare.net", "speech.net", "translate.net").contains(name) ? new Source(scratch.resolve(name).toString(), text(name)) : source(name, text(name));
      try (Session session = session()) {
        assertThat(session.check(source)).isEmpty();
        assertThat(Layout.of(text(name))).as("lanewise fmt %s", name).isEqualTo(text(name));
      }
      assertThat(text(name)).containsPattern("\nexpect (test\\(|base\\.test|base\\.folds|attack\\(|shares\\(|finds\\(|bleu\\()");
    }
  }

  /** The README shows the sample as it is, and every other snippet of the language in it is without mistakes. */
  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh.md"})
  void theReadmeTellsTheTruth(String name) throws IOException {
    String readme = Files.readString(FOLDER.resolve("../" + name));
    String sample = text("mnist-cnn.net");
    assertThat(readme).contains("```\n" + sample.substring(sample.indexOf('\n') + 1) + "```");
    List<String> snippets =
        Stream.concat(
            Pattern.compile("`(net [^`]*|data [^`]* = [a-z]+\\(\\))`").matcher(readme).results().map(m -> m.group(1)), fenced(readme).stream()).toList();
    assertThat(snippets).hasSizeGreaterThan(4);
    for (String snippet : snippets) {
      try (Session session = session()) {
        assertThat(session.check(source(name, snippet))).as(snippet).isEmpty();
      }
    }
  }

  /** In Chinese it has the same sections, code, links and figures. */
  @Test
  void theReadmesSayTheSame() throws IOException {
    String english = Files.readString(FOLDER.resolve("../README.md"));
    String chinese = Files.readString(FOLDER.resolve("../README.zh.md"));
    assertThat(all(chinese, "^## |^\\d+\\. |^\\|")).isEqualTo(all(english, "^## |^\\d+\\. |^\\|"));
    assertThat(all(chinese.replace(".zh.md", ".md"), "\\]\\((docs|samples|benchmarks|LIC|ARCH)[^)]*\\)")).isEqualTo(all(english, "\\]\\((docs|samples|benchmarks|LIC|ARCH)[^)]*\\)"));
    assertThat(all(chinese, "\\d+\\.\\d+")).isEqualTo(all(english, "\\d+\\.\\d+"));
    assertThat(all(chinese, "--[a-z]+").stream().distinct()).containsAll(all(english, "--[a-z]+"));
  }

  /** So does the page on federated learning. */
  @Test
  void thePagesOnClientsSayTheSame() throws IOException {
    String english = Files.readString(FOLDER.resolve("../docs/federated.md"));
    String chinese = Files.readString(FOLDER.resolve("../docs/federated.zh.md"));
    assertThat(fenced(chinese)).isNotEmpty().isEqualTo(fenced(english));
    for (String pattern : List.of("^## ", "^- ", "\\d+\\.\\d+", "\\b\\d{2,}\\b")) {
      assertThat(all(chinese, pattern)).as(pattern).isEqualTo(all(english, pattern));
    }
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).results().map(MatchResult::group).sorted().toList();
  }

  /** The scripts in the documentation are without mistakes. */
  @Test
  void theDocumentationsScriptsCheck() throws IOException {
    int checked = 0;
    for (String name : List.of("language.md", "language.zh.md", "guide.md", "federated.md", "federated.zh.md", "profiling.md", "prompt.md")) {
      String page = Files.readString(FOLDER.resolve("../docs/" + name));
      for (String script : fenced(page)) {
        try (Session session = session()) {
          assertThat(session.check(source(name, script))).as(script).isEmpty();
        }
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(7);
  }

  private static List<String> fenced(String page) {
    return Pattern.compile("```\n((net|data|def|block|layer|units) .*?)```", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  /** The reference is written from the definitions; {@code -Dlanewise.golden=rewrite} writes it anew, and fails. */
  @Test
  void theReferenceIsThatOfTheDefinitions() throws IOException {
    Path path = FOLDER.resolve("../docs/reference.md");
    String page = Files.readString(path);
    String wanted = Reference.text();
    if ("rewrite".equals(System.getProperty("lanewise.golden"))) {
      Files.writeString(path, wanted);
      fail("rewritten: " + path);
    }
    assertThat(page).isEqualTo(wanted);
  }

  private static Source source(String name, String text) {
    return new Source(FOLDER.resolve(name).toString(), text);
  }

  private Session session() {
    return sample.session();
  }
}
