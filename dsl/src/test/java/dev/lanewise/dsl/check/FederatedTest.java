package dev.lanewise.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code federated { … }}: what can be said, and what cannot. */
class FederatedTest {
  private static final String BEGIN = "net N = input 2 -> dense(6) -> tanh -> dense(2)\ndata d = moons(200)\n";

  @TempDir private Path folder;

  private final List<SessionEvent> events = new ArrayList<>();

  private Session session() {
    return new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), events::add);
  }

  @Test
  void clientsTrainTogether() {
    try (Session session = session()) {
      Outcome outcome = session.run(new Source("a.net", BEGIN
          + "train N on d { federated { clients = 8; fraction = 0.5; epochs = 2; batch = 5; split = dirichlet(0.5); method = fedprox(0.1) }; rounds = 5; optimizer = sgd(0.2) }\nexpect test(N, d).accuracy > 0.6\n"));
      assertThat(outcome).as(events::toString).isEqualTo(Outcome.OK);
    }
    assertThat(events).filteredOn(e -> e instanceof SessionEvent.Shown(Table t) && t.title().contains("8 clients, split by `dirichlet(0.5)`")).hasSize(1);
    assertThat(events.stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Round _))).hasSize(5);
  }

  @Test
  void itEndsWhenItIsGoodEnough() {
    try (Session session = session()) {
      assertThat(session.run(new Source("a.net", BEGIN + "train N on d { federated { clients = 4 }; rounds = 50; until = accuracy >= 0.2 }"))).isEqualTo(Outcome.OK);
    }
    assertThat(events.stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Round _))).hasSizeLessThan(50);
    assertThat(events).anyMatch(e -> e instanceof SessionEvent.Training(TrainEvent.Reached _));
  }

  @Test
  void clientsAreHidden() {
    try (Session session = session()) {
      assertThat(session.run(new Source("a.net", BEGIN + "train N on d { federated { clients = 20; fraction = 0.5; privacy = gaussian(clip = 1, noise = 1.1) }; rounds = 3 }"))).as(events::toString).isEqualTo(Outcome.OK);
      assertThat(session.check(new Source("b.net", "net B = input 2 -> dense(6, bias = false) -> batchnorm -> relu -> dense(2)\ntrain B on d { federated { privacy = gaussian(1, 1) } }")))
          .singleElement().satisfies(d -> assertThat(d.message()).contains("keeps running means"));
    }
    assertThat(events.stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Round r) && r.spent().orElseThrow().delta() == 1e-5)).hasSize(3);
  }

  /** More rounds may follow, or another accuracy end it; other clients are another training. */
  @Test
  void itGoesOnFromItsFile() {
    String resume = "resume = \"" + folder.resolve("run.safetensors") + "\"";
    String train = BEGIN + "train N on d { federated { clients = 6; fraction = 0.5; method = fedavg(momentum = 0.5) }; rounds = %d; " + resume + " }\n";
    try (Session session = session()) {
      assertThat(session.run(new Source("a.net", train.formatted(2)))).as(events::toString).isEqualTo(Outcome.OK);
    }
    events.clear();
    try (Session session = session()) {
      assertThat(session.run(new Source("a.net", train.formatted(3) + "load(N, \"" + folder.resolve("run.safetensors") + "\")\n"))).as(events::toString).isEqualTo(Outcome.OK);
    }
    assertThat(events).anyMatch(e -> e instanceof SessionEvent.Training(TrainEvent.Resumed r) && r.epochs() == 2);
    assertThat(events.stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Round _))).hasSize(1);
    try (Session session = session()) {
      assertThat(session.run(new Source("a.net", train.formatted(3).replace("clients = 6", "clients = 7")))).isEqualTo(Outcome.MISTAKE);
    }
    assertThat(events).anyMatch(e -> e instanceof SessionEvent.Diagnosed(Diagnostic d) && d.code().name().equals("L031") && d.message().contains("has clients 6, this training 7")
        && Phrases.of(Language.CHINESE).say(d.message()).matches("(?s).*\\p{IsHan}.*"));
  }

  /** One mistake, told once, in both languages. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "federated = 3 | L011 | block of settings",
    "rounds = 3 | L019 | belongs to a training by clients",
    "until = accuracy >= 0.9 | L019 | belongs to a training by clients",
    "federated { clients = 4 }; epochs = 3 | L019 | counts rounds",
    "federated { clients = 4 }; batch = 3 | L019 | counts rounds",
    "federated { clients = 4 }; schedule = cosine | L019 | no meaning in a training by clients",
    "federated { clients = 4 }; folds = 3 | L019 | no meaning in a training by clients",
    "federated { clients = 0 } | L015 | at least 1",
    "federated { client = 4 } | L020 | unknown setting",
    "federated { fraction = 1.5 } | L015 | share of the clients",
    "federated { split = by_classes(2) } | L069 | unknown way to split",
    "federated { split = by_class(0) } | L015 | at least 1 class",
    "federated { split = dirichlet(0) } | L015 | above 0",
    "federated { method = fedavgg } | L069 | unknown method",
    "federated { method = fedprox(0.1) }; optimizer = adam(0.01) | L019 | plain gradient descent",
    "federated { method = scaffold }; optimizer = sgd(0.1, momentum = 0.9) | L019 | plain gradient descent",
    "federated { privacy = gauss(1) } | L069 | unknown kind of privacy",
    "federated { privacy = gaussian(0, 1) } | L015 | clip must be above 0",
    "federated { privacy = gaussian(1, -1) } | L015 | noise must be at least 0",
    "federated { privacy = gaussian(1, 1, delta = 0.2) } | L015 | well below 1 / clients",
    "federated { method = scaffold; privacy = gaussian(1, 1) }; optimizer = sgd(0.1) | L019 | nothing would hide",
    "federated { clients = 4 }; until = loss <= 0.9 | L011 | accuracy >= 0.99",
    "federated { clients = 4 }; until = 0.9 | L011 | accuracy >= 0.99"
  })
  void whatHasNoMeaningIsSaid(String settings, String code, String words) {
    try (Session session = session()) {
      List<Diagnostic> found = session.check(new Source("a.net", BEGIN + "train N on d { " + settings.strip() + " }"));
      assertThat(found).singleElement().satisfies(d -> {
        assertThat(d.code().name()).isEqualTo(code.strip());
        assertThat(d.message()).contains(words.strip());
        assertThat(Phrases.of(Language.CHINESE).say(d.message())).containsPattern("\\p{IsHan}");
      });
    }
  }

  /** @param settings of csv, behind the name of the file */
  private String letters(String settings) throws IOException {
    StringBuilder table = new StringBuilder("x,y,writer,kind\n");
    IntStream.range(0, 60).forEach(i -> table.append(i % 7).append(',').append(i % 5).append(',').append(List.of("ann", "bob", "eve").get(i % 11 % 3)).append(',').append(i % 7 > 3 ? "up" : "down").append('\n'));
    Path file = Files.writeString(folder.resolve("letters.csv"), table.toString());
    return "net N = input 2 -> dense(4) -> tanh -> dense(2)\ndata d = csv(\"" + file + "\", label = kind, " + settings + ")" + "\n";
  }

  @Test
  void eachWriterIsAClient() throws IOException {
    try (Session session = session()) {
      String script = letters("group = writer, test = \"" + folder.resolve("letters.csv") + "\"") + "train N on d { federated { split = by(writer) }; rounds = 2 }\nshow(d)";
      assertThat(session.run(new Source("a.net", script))).as(events::toString).isEqualTo(Outcome.OK);
    }
    assertThat(events).filteredOn(e -> e instanceof SessionEvent.Shown(Table t) && t.title().contains("3 clients, split by `by(writer)`")
        && t.rows().stream().map(List::getFirst).toList().equals(List.of("ann", "bob", "eve"))).hasSize(1);
    assertThat(events).anyMatch(e -> e instanceof SessionEvent.Training(TrainEvent.Started s) && s.clients().orElseThrow().all() == 3);
  }

  /** A part that is a user, or a class, needs no group. */
  @Test
  void partsAreColumnsToo() throws IOException {
    Path file = Files.writeString(folder.resolve("r.csv"), "user,film,stars\nann,A,1\nann,B,2\nbob,A,4\nbob,B,5\neve,A,2\neve,B,2\n");
    String net = "net R {\n user: input 1 of 3\n film: input 1 of 2\n @user -> u: embed(1)\n @film -> f: embed(1)\n add(@u)\n}\ndata d = csv(\"" + file + "\", target = stars, parts = [user, film], test = \"" + file + "\")\n";
    try (Session session = session()) {
      assertThat(session.run(new Source("a.net", net + "train R on d { federated { clients = 2; split = by(user) }; loss = mse }"))).as(events::toString).isEqualTo(Outcome.OK);
    }
    assertThat(events).anyMatch(e -> e instanceof SessionEvent.Shown(Table t) && t.title().contains("2 clients") && List.of("ann", "bob", "eve").contains(t.rows().getFirst().getFirst()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "group = writer | split = by(writter) | are not grouped by `writter` | by(writer)",
    "drop = writer | split = by(writer) | are not grouped by `writer` | group = writer",
    "drop = writer | split = by(x) | are not grouped by `x` | group = x"
  })
  void columnsThatAreNotThereAreSaid(String data, String split, String message, String remedy) throws IOException {
    try (Session session = session()) {
      String script = letters(data.strip()).replaceFirst("[)]\n$", ") { split.test = 10 }\n") + "train N on d { federated { " + split.strip() + " } }";
      List<Diagnostic> found = session.check(new Source("a.net", script));
      assertThat(found).singleElement().satisfies(d -> {
        assertThat(d.message()).contains(message.strip());
        assertThat(d.toString()).contains(remedy.strip());
        assertThat(Phrases.of(Language.CHINESE).say(d.message())).containsPattern("\\p{IsHan}");
      });
    }
  }

  @Test
  void moreClientsThanWritersAreTooMany() throws IOException {
    try (Session session = session()) {
      String script = letters("group = writer, test = \"" + folder.resolve("letters.csv") + "\"") + "train N on d { federated { clients = 4; split = by(writer) } }";
      assertThat(session.run(new Source("a.net", script))).isEqualTo(Outcome.MISTAKE);
    }
    assertThat(events).anyMatch(e -> e instanceof SessionEvent.Diagnosed(Diagnostic d) && d.message().contains("3 values of `writer`, for 4 clients")
        && Phrases.of(Language.CHINESE).say(d.message()).contains("`writer` 有 3 个值"));
  }

  @Test
  void whatCannotBeSplitIsSaidWhereItIs() {
    try (Session session = session()) {
      assertThat(session.run(new Source("a.net", BEGIN + "train N on d { federated { clients = 4_000 } }"))).isEqualTo(Outcome.MISTAKE);
    }
    assertThat(events).anyMatch(e -> e instanceof SessionEvent.Diagnosed(Diagnostic d) && d.message().contains("for 4000 clients"));
  }
}
