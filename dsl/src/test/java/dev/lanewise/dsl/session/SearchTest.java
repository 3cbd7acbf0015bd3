package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.verb.Signs;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts find pictures, also by a network that comes from a file. */
class SearchTest {
  private static final String NET = """
      data signs = emoji("signs", length = 16) { split.test = 8; normalize = auto }
      net Clip {
        image: input signs.image
        maxpool(4) -> flatten
        head picture { dense(16) }
        text: input signs.text
        embed(16) -> conv(16, 3, pad = same) -> relu -> maxpool(global) -> flatten
        dense(16)
      }
      """;
  private static final String TRAINING = "train Clip on signs { loss = contrastive(picture, output, temperature = 0.2); epochs = 60; batch = 20; optimizer = adam(0.01) }\n";

  @TempDir Path folder;

  private final List<SessionEvent> events = new ArrayList<>();

  @BeforeEach
  void write() throws IOException {
    Signs.write(folder.resolve("signs"));
  }

  private Outcome run(String script) {
    events.clear();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      return session.run(new Source(folder.resolve("signs.net").toString(), script));
    }
  }

  private List<Table> tables() {
    return events.stream().flatMap(e -> e instanceof SessionEvent.Shown s && s.exhibit() instanceof Table t ? Stream.of(t) : Stream.empty()).toList();
  }

  private Stream<SessionEvent.Diagnosed> diagnosed() {
    return events.stream().filter(SessionEvent.Diagnosed.class::isInstance).map(SessionEvent.Diagnosed.class::cast);
  }

  @Test
  void aTextInEitherLanguageFindsItsPicture() throws IOException {
    assertThat(run(NET + TRAINING + """
        search(Clip, "Red square", count = 3)
        search(Clip, "红方", count = 3)
        save(Clip, "clip.safetensors")
        """)).as("%s", events).isEqualTo(Outcome.OK);
    List<List<List<String>>> found = tables().stream().filter(t -> t.title().startsWith("\"")).map(Table::rows).toList();
    assertThat(found).hasSize(2).allSatisfy(rows -> {
      assertThat(rows).hasSize(3);
      assertThat(rows.getFirst().getFirst()).isEqualTo("red square, 红方");
    });
    assertThat(events).anySatisfy(e -> assertThat(e).isInstanceOfSatisfying(SessionEvent.Shown.class, s -> assertThat(s.exhibit()).isInstanceOf(Gallery.class)));
    // Another day, with the network from its file.
    assertThat(run(NET + "load(Clip, \"clip.safetensors\")\nsearch(Clip, signs, \"红方\", count = 3)\nfinds(Clip, signs, k = 2)\n")).as("%s", events).isEqualTo(Outcome.OK);
    assertThat(tables().getFirst().rows()).isEqualTo(found.getLast());
    // Another table, in which fewer characters occur: their numbers are those of the network's file.
    String all = Files.readString(folder.resolve("signs/emoji.tsv"));
    List<String> lines = all.lines().toList();
    Files.createDirectories(folder.resolve("few"));
    Files.copy(folder.resolve("signs/sheet.png"), folder.resolve("few/sheet.png"));
    Files.writeString(folder.resolve("few/emoji.tsv"), lines.getFirst() + "\n" + String.join("\n", lines.stream().filter(l -> l.contains("red square") || l.contains("blue")).toList()) + "\n");
    String few = NET + "data few = emoji(\"few\", length = 16) { split.test = 1; normalize = auto }\nload(Clip, \"clip.safetensors\")\n";
    assertThat(run(few + "search(Clip, few, \"红方\", count = 1)\n")).as("%s", events).isEqualTo(Outcome.OK);
    assertThat(tables().getFirst().rows().getFirst().getFirst()).isEqualTo("red square, 红方");
    assertThat(Double.parseDouble(tables().getFirst().rows().getFirst().get(1))).isEqualTo(Double.parseDouble(found.getLast().getFirst().get(1)));
  }

  @Test
  void whatNobodyKnowsIsTold() {
    assertThat(run(NET + TRAINING.replace("60", "1") + "search(Clip, \"!?!\")\n")).isNotEqualTo(Outcome.OK);
    assertThat(diagnosed()).singleElement().satisfies(d -> assertThat(d.diagnostic().code()).isEqualTo(Code.L110));
    assertThat(run(NET + "search(Clip, signs, \"red\")\n")).isNotEqualTo(Outcome.OK);
    assertThat(diagnosed()).singleElement().satisfies(d -> assertThat(d.diagnostic().message()).contains("has not learnt to find"));
  }
}
