package dev.lanewise.exchange.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.foreign.TableForm;
import dev.lanewise.runtime.data.source.Csv;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.data.table.TableSettings.Missing;
import dev.lanewise.runtime.data.table.TableSettings.Words;
import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.data.table.Wanted;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFormTest {
  private static final Path FILES = Path.of("src/test/resources/dev/lanewise/exchange/parquet");
  private static final Wanted KIND = new Wanted(List.of("kind"), true);

  @TempDir Path folder;

  private static TableSettings settings(Words words, Missing missing, String... drop) {
    return new TableSettings(List.of(drop), List.of(), List.of(), words, missing, '.', Optional.empty());
  }

  private static OpenedData read(Path file, Wanted wanted, TableSettings settings) throws IOException {
    return Csv.read(file, Optional.empty(), wanted, settings);
  }

  private static List<List<Float>> rows(OpenedData data) throws IOException {
    List<List<Float>> rows = new ArrayList<>();
    Dataset train = data.load().train();
    float[] row = new float[train.shape().size()];
    for (int i = 0; i < train.size(); i++) {
      train.read(i, row, 0, 1);
      List<Float> all = new ArrayList<>();
      for (float value : row) {
        all.add(value);
      }
      all.add((float) train.label(i));
      rows.add(all);
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"trees", "none", "gzip", "zstd", "plain"})
  void aTableHasTheExamplesOfTheSameAsCsv(String name) throws IOException {
    TableSettings settings = settings(Words.ONE_HOT, Missing.REFUSE);
    OpenedData csv = read(FILES.resolve("trees.csv"), KIND, settings);
    OpenedData parquet = read(FILES.resolve(name + ".parquet"), KIND, settings);
    assertThat(rows(parquet)).hasSize(40).isEqualTo(rows(csv));
    assertThat(parquet.shape()).isEqualTo(csv.shape());
    assertThat(parquet.load().className(2)).isEqualTo("柳树");
    OpenedData predicted = read(FILES.resolve(name + ".parquet"), new Wanted(List.of("price", "seeds"), false), settings(Words.INDEX, Missing.REFUSE, "kind"));
    float[] target = new float[2];
    predicted.load().train().readTarget(7, target, 0, 1);
    assertThat(target).containsExactly(1.75f, 7000);
  }

  @Test
  void aColumnOfNumbersMayBeAClass() throws IOException {
    OpenedData data = read(FILES.resolve("trees.parquet"), new Wanted(List.of("small"), true), settings(Words.INDEX, Missing.REFUSE));
    assertThat(data.target().classes()).isEqualTo(40);
    assertThat(data.load().className(10)).isEqualTo("10");
  }

  @Test
  void gapsAreToldAndFilled() throws IOException {
    Path gaps = FILES.resolve("gaps.parquet");
    assertThatThrownBy(() -> read(gaps, KIND, settings(Words.INDEX, Missing.REFUSE))).isInstanceOf(IOException.class).hasMessageStartingWith(gaps + ": row 2, column 1: ");
    assertThat(rows(read(gaps, KIND, settings(Words.INDEX, Missing.SKIP)))).containsExactly(List.of(1.5f, 1f, 1f), List.of(4.5f, 0f, 0f));
    assertThatThrownBy(() -> read(gaps, new Wanted(List.of("sort"), true), settings(Words.INDEX, Missing.SKIP))).hasMessage(gaps + ": column 1: no column `sort`; there is height, seen, kind");
  }

  @Test
  void whatIsNoTableIsRefused() {
    TableSettings settings = settings(Words.INDEX, Missing.SKIP);
    assertThatThrownBy(() -> read(FILES.resolve("nested.parquet"), KIND, settings)).hasMessageEndingWith("nested.parquet: the column `leaves` holds lists or records: a table has a number or a word in each cell");
    assertThatThrownBy(() -> read(FILES.resolve("single.parquet"), KIND, settings)).hasMessageEndingWith("single.parquet: column 1: a single column; there is none beside it to learn from");
    assertThatThrownBy(() -> read(FILES.resolve("brotli.parquet"), KIND, settings)).isInstanceOf(IOException.class)
        .hasMessageEndingWith("brotli.parquet: it is compressed by brotli, which is not read here: write it with compression = snappy, zstd or gzip");
  }

  @Test
  void aScriptLearnsFromIt() {
    List<SessionEvent> events = new ArrayList<>();
    String file = FILES.resolve("trees.parquet").toAbsolutePath().toString();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      assertThat(session.run(new Source("trees.net", """
          data trees = parquet("%s", label = kind, words = onehot, test = "%s") { normalize = auto }
          net Tree = input trees -> dense(16) -> tanh -> dense(3)
          train Tree on trees { epochs = 60; batch = 8; optimizer = adam(0.02) }
          expect test(Tree, trees).accuracy > 0.6
          predict(Tree, "%s")
          """.formatted(file, file, file)))).isEqualTo(Outcome.OK);
      assertThat(session.run(new Source("wrong.net", "data wrong = parquet(\"" + file + "\", label = sort, words = onehot)"))).isEqualTo(Outcome.MISTAKE);
    }
    assertThat(events.stream().filter(SessionEvent.Expected.class::isInstance)).as(events.toString()).hasSize(1).allMatch(e -> ((SessionEvent.Expected) e).holds());
    assertThat(events).anySatisfy(e -> assertThat(e).isInstanceOfSatisfying(SessionEvent.Diagnosed.class, d -> assertThat(d.diagnostic().message()).contains("no column `sort`")));
  }

  /** Cut off anywhere, or with bytes that are others: read, or refused with the file's name, and nobody waits for ever. */
  @Test
  void aDamagedFileIsRefused() throws IOException {
    Random random = new Random(1);
    ParquetForm form = new ParquetForm(Duration.ofSeconds(20));
    for (String name : List.of("trees", "plain", "gaps")) {
      byte[] whole = Files.readAllBytes(FILES.resolve(name + ".parquet"));
      for (int i = 0; i < 60; i++) {
        byte[] bent = i < 40 ? Arrays.copyOf(whole, 4 + random.nextInt(whole.length - 4)) : whole.clone();
        if (i >= 40) {
          bent[4 + random.nextInt(bent.length - 4)] = (byte) random.nextInt();
        }
        Path file = Files.write(folder.resolve("bent.parquet"), bent);
        try (TableForm.Rows rows = form.open(file)) {
          while (rows.next()) {
            assertThat(rows.text(0)).isNotNull();
          }
        } catch (IOException e) {
          assertThat(e).hasMessageStartingWith(file + ": ");
        }
      }
    }
  }
}
