package dev.lanewise.repl.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.score.Confusion;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.Birth;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.Withstood;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonRendererTest {
  private final Recorded recorded = new Recorded();
  private final JsonRenderer renderer = new JsonRenderer(recorded.out, recorded.err);

  @Test
  void writesOneObjectPerLine() {
    Recorded.RUN.forEach(renderer::on);
    renderer.on(Recorded.TABLE);
    renderer.finish(Outcome.OK);
    assertThat(recorded.out()).isEqualTo(
        """
        {"event":"define","kind":"net","name":"Cnn","summary":"1x28x28 -> 10, 21,840 parameters"}
        {"event":"start","net":"Cnn","epochs":10,"examples":60000,"batches":938,"parameters":21840}
        {"event":"epoch","net":"Cnn","epoch":1,"epochs":10,"seconds":1.0,"rate":0.01,\
        "train":{"loss":1.0625,"accuracy":0.65,"examples":60000}}
        {"event":"end","net":"Cnn","epochs":1,"seconds":1.0,"interrupted":true}
        {"event":"test","net":"Cnn","data":"digits","loss":0.0384,"accuracy":0.9876,"examples":10000,"seconds":0.25}
        {"event":"expect","text":"test(Cnn, digits).accuracy >= 0.985","holds":true,"left":"0.9876","right":"0.985","why":""}
        {"event":"table","title":"Net","header":["layer","parameters"],"rows":[["conv1","260"],["total","21,840"]]}
        {"event":"finish","outcome":"ok","status":0}
        """);
    recorded.out().lines().forEach(JsonRendererTest::parse);
  }

  @Test
  void tellsTheMetricsThatAreAskedForAndTheObjectiveOfHeads() {
    Confusion confusion = new Confusion(new long[][] {{1, 0}, {1, 0}});
    Score score = new Score(0.5, 0.5, 2, confusion, null, null, null);
    renderer.on(Recorded.training(
        new TrainEvent.Started("A", 1, 2, 1, 3, List.of(Measure.Kind.PRECISION, Measure.Kind.ACCURACY, Measure.Kind.RECALL), true)));
    renderer.on(Recorded.training(new TrainEvent.Epoch("A", 1, 1, 1, score, score, 0.01, 0.75)));
    String numbers = "{\"loss\":0.5,\"accuracy\":0.5,\"examples\":2,\"precision\":" + confusion.precision() + ",\"recall\":" + confusion.recall() + "}";
    assertThat(recorded.out().lines().toList().getLast()).isEqualTo(
        "{\"event\":\"epoch\",\"net\":\"A\",\"epoch\":1,\"epochs\":1,\"seconds\":1.0,\"rate\":0.01,\"objective\":0.75,\"train\":" + numbers
            + ",\"validation\":" + numbers + "}");
    parse(recorded.out());
  }

  @Test
  void tellsWhatIsWithstood() {
    Score score = new Score(0.5, 0.75, 4);
    renderer.on(Recorded.training(new TrainEvent.Started(
        "A", 1, 4, 1, 3, List.of(), false, Birth.now(), Optional.of(new TrainEvent.Probe(Attack.pgd(0.25, 10), 4)))));
    renderer.on(Recorded.training(new TrainEvent.Epoch("A", 1, 1, 1, score, null, 0.01, Double.NaN, Optional.of(new Withstood(1, 0.5)))));
    assertThat(recorded.out()).isEqualTo(
        """
        {"event":"start","net":"A","epochs":1,"examples":4,"batches":1,"parameters":3,"probe":"pgd(0.25, steps = 10)","probed":4}
        {"event":"epoch","net":"A","epoch":1,"epochs":1,"seconds":1.0,"rate":0.01,"clean":1.0,"attacked":0.5,\
        "train":{"loss":0.5,"accuracy":0.75,"examples":4}}
        """);
    recorded.out().lines().forEach(JsonRendererTest::parse);
  }

  @Test
  void tellsFoldsAndErrors() {
    Recorded.FOLDS.forEach(renderer::on);
    renderer.on(Recorded.training(new TrainEvent.Tested("Cnn", "prices", Recorded.errors(), 0.25)));
    assertThat(recorded.out()).isEqualTo(
        """
        {"event":"fold_start","net":"Cnn","number":1,"of":2}
        {"event":"fold","number":1,"of":2,"examples":20,"loss":0.25,"accuracy":0.9}
        {"event":"fold_start","net":"Cnn","number":2,"of":2}
        {"event":"fold","number":2,"of":2,"examples":20,"loss":0.5,"accuracy":0.8}
        {"event":"folds","net":"Cnn","of":2,"mean":{"loss":0.375,"accuracy":0.8500000000000001},\
        "deviation":{"loss":0.1767766952966369,"accuracy":0.07071067811865474}}
        {"event":"test","net":"Cnn","data":"prices","loss":1.0,"accuracy":null,"mae":1.0,"rmse":1.0,"r2":0.0,"examples":2,"seconds":0.25}
        """);
    recorded.out().lines().forEach(JsonRendererTest::parse);
  }

  @Test
  void tellsDiagnosticsTwice() {
    renderer.on(Recorded.DIAGNOSED);
    assertThat(recorded.out()).isEqualTo(
        """
        {"event":"diagnostic","severity":"error","code":"L006","file":"a.net","line":2,"column":3,"endLine":2,"endColumn":9,\
        "message":"there is no layer densse","remedy":"dense","certain":false,"edits":[],"notes":[]}
        """);
    assertThat(recorded.err()).startsWith("a.net:2:3 error L006");
  }

  @Test
  void tellsCurvesAndPointsApart() {
    List<Figure.Point> points = List.of(new Figure.Point(0, 1), new Figure.Point(2, 3));
    renderer.on(new SessionEvent.Shown(new Figure("fit", "input", false, List.of(new Figure.Curve("N", points), Figure.Curve.dotted("test", points)))));
    assertThat(recorded.out()).isEqualTo(
        """
        {"event":"curve","figure":"fit","across":"input","name":"N","points":[["0.0","1.0"],["2.0","3.0"]]}
        {"event":"points","figure":"fit","across":"input","name":"test","points":[["0.0","1.0"],["2.0","3.0"]]}
        """);
    recorded.out().lines().forEach(JsonRendererTest::parse);
  }

  @Test
  void hasNoNumberForNaN() {
    renderer.on(Recorded.training(
        new TrainEvent.Tested("A", "d\"\n", new Score(Double.NaN, Double.POSITIVE_INFINITY, 1), 0)));
    assertThat(recorded.out()).isEqualTo(
        "{\"event\":\"test\",\"net\":\"A\",\"data\":\"d\\\"\\n\",\"loss\":null,\"accuracy\":null,\"examples\":1,\"seconds\":0.0}\n");
    parse(recorded.out());
  }

  private static void parse(String line) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
      while (parser.nextToken() != null) {}
    }
  }
}
