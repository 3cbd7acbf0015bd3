package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the files are that a script names, and which of those that are there may be replaced. */
class FilesTest {
  private static final String NET = "net N = input 2 -> dense(2)\ndata d = moons(count = 60) { split.val = 20 }\n";
  private static final String MINE = "# mine\nalias ll='ls -l'\n";
  /** In the folder that this process is in. */
  private static final Path HERE = Path.of("target", "files-test.safetensors");

  private final List<SessionEvent> events = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void clear() throws IOException {
    Files.deleteIfExists(HERE);
  }

  /** As a script of that folder. */
  private Outcome run(String script) {
    events.clear();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), events::add)) {
      return session.run(new Source(folder.resolve("s.net").toString(), NET + script));
    }
  }

  private Diagnostic mistake() {
    return Diagnosed.in(events).getLast();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "save(N, \"mine\") | weights",
    "plot(gelu, to = \"mine.svg\") | an SVG picture",
    "plot(gelu, to = \"mine.png\") | a PNG picture",
    "show(N, to = \"mine.svg\") | an SVG picture",
    "r = train N on d { epochs = 1 }; report(r, \"mine.html\") | a report",
    "train N on d { epochs = 1; log = csv(\"mine\") } | a log of epochs",
    "train N on d { epochs = 1; log = [console, jsonl(\"mine\")] } | a log of epochs",
    "train N on d { epochs = 1; save = best(\"mine\", by = val.loss) } | weights"
  })
  void whatIsSomebodyElsesStays(String script, String wanted) throws IOException {
    for (String name : List.of("mine.svg", "mine.png", "mine.html", "mine")) {
      Files.writeString(folder.resolve(name), MINE);
    }
    assertThat(run(script)).isEqualTo(Outcome.MISTAKE);
    assertThat(mistake().code()).isEqualTo(Code.L030);
    assertThat(mistake().message()).endsWith(" holds text that begins with `# mine`, not " + wanted);
    assertThat(mistake().remedy().text()).isEqualTo("choose another name, or delete that file first");
    assertThat(Report.of(mistake(), Phrases.of(Language.CHINESE))).contains("的内容是以 `# mine` 开头的文本，不是").doesNotContainPattern("[a-z]{3,} [a-z]{3,}$");
    for (String name : List.of("mine.svg", "mine.png", "mine.html", "mine")) {
      assertThat(folder.resolve(name)).hasContent(MINE);
    }
    assertThat(folder.toFile().list()).hasSize(4);
  }

  @Test
  void whatTheSameScriptWroteIsReplaced() {
    String script = """
        r = train N on d { epochs = 1; log = [csv("a.csv"), jsonl("a.jsonl")]; save = best("best.safetensors", by = val.loss) }
        save(N, "a.safetensors")
        plot(r, to = "a.svg"); plot(r, to = "a.png"); show(N, to = "n.svg")
        report(r, "a.html")
        """;
    assertThat(run(script)).isEqualTo(Outcome.OK);
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("a.csv", "a.jsonl", "best.safetensors", "a.safetensors", "a.svg", "a.png", "n.svg", "a.html");
  }

  @Test
  void theSameSeedWritesTheSameBytes() throws IOException {
    String script = "train N on d { epochs = 1; save = best(\"b.safetensors\", by = val.loss) }\nsave(N, \"f.safetensors\")\n";
    run(script);
    String best = Files.readString(folder.resolve("b.safetensors"), java.nio.charset.StandardCharsets.ISO_8859_1);
    String saved = Files.readString(folder.resolve("f.safetensors"), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(best.substring(8)).startsWith("{\"__metadata__\":{\"epoch\":\"1\",\"val.loss\":\"");
    assertThat(saved.substring(8)).startsWith("{\"__metadata__\":{\"net\":").containsPattern("\",\"seed\":\"1\",\"world\":\"[^}]*}\"},");
  }

  @Test
  void allPathsCountFromTheScriptsFolder() {
    assertThat(run("""
        train N on d { epochs = 1; log = [csv("l.csv"), tensorboard("board")]; save = best("b.safetensors", by = val.loss); resume = "r.safetensors" }
        save(N, "s.safetensors")
        load(N, "s.safetensors"); load(N, from = "s.safetensors")
        plot(gelu, to = "p.svg")
        """)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(folder.toFile().list()).contains("l.csv", "board", "b.safetensors", "r.safetensors", "s.safetensors", "p.svg");
    assertThat(run("train N on d { epochs = 2; resume = \"r.safetensors\" }")).isEqualTo(Outcome.OK);
    assertThat(events).filteredOn(e -> e instanceof SessionEvent.Training(dev.lanewise.runtime.train.TrainEvent.Resumed _)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "load(N, \"FILE\")", "load(N, from = \"FILE\")", "train N on d { epochs = 1; resume = \"FILE\" }",
    "r = train N on d { epochs = 1; optimizer = sgd(0.1) }; sweep r { optimizer.lr in [0.1, 0.2]; resume = \"FILE\" }"
  })
  void whatIsWhereItWasLookedForBeforeIsNotOverlooked(String script) throws IOException {
    Files.createDirectories(HERE.getParent());
    Files.writeString(HERE, "x");
    assertThat(run(script.replace("FILE", HERE.toString()))).isEqualTo(Outcome.MISTAKE);
    assertThat(mistake().code()).isEqualTo(Code.L030);
    assertThat(mistake().remedy().text()).startsWith("a path counts from the script's folder, and there is such a file in the one that you are in");
  }
}
