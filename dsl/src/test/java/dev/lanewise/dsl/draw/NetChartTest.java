package dev.lanewise.dsl.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.draw.NetChart.Area;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetChartTest {
  private static final String SKIP =
      """
      net Skip {
        input 1x8x8
        early: conv(4, 3, pad = same)
        relu -> conv(4, 3, pad = same)
        add { path { } path { relu -> conv(4, 1) } }
        concat(@early)
        flatten -> dense(2)
      }
      """;

  private static final String RESNET_18 =
      """
      block ConvBn(c, k = 3, s = 1) {
        conv(c, k, stride = s, pad = (k - 1) / 2, bias = false) -> batchnorm
      }
      block Basic(width, s = 1) {
        add {
          path { ConvBn(width, s = s) -> relu -> ConvBn(width) }
          path { if s != 1 or in.channels != width { ConvBn(width, 1, s) } }
        }
        relu
      }
      net ResNet18 {
        input 3x64x64
        ConvBn(64, k = 7, s = 2) -> relu -> maxpool(3, stride = 2, pad = 1)
        Basic(64) -> Basic(64)
        repeat 3 as i { Basic(64 * 2 ^ i, s = 2) -> Basic(64 * 2 ^ i) }
        avgpool(global) -> flatten -> dense(1_000)
      }
      """;

  private static CheckedNet net(String script) {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), _ -> {})) {
      Source source = new Source("test.net", script);
      assertThat(session.check(source).stream().filter(d -> d.isError())).as(script).isEmpty();
      return session.networks(source).getLast();
    }
  }

  private static List<String> titles(Drawing drawing) {
    return drawing.boxes().stream().map(Drawing.Box::title).toList();
  }

  @Test
  void arrowsCarryTheShapesThatPass() {
    assertThat(GraphText.dot(net(SKIP), 0, Phrases.ENGLISH))
        .contains("n0 [label=\"input\"];", "n1 [label=\"conv(4, 3, pad = same)\\nearly, 40 parameters\"];")
        .contains("n0 -> n1 [label=\"1x8x8\"];", "n1 -> n7 [label=\"4x8x8\"];");
    assertThat(GraphText.mermaid(net(SKIP), 0, Phrases.ENGLISH))
        .contains("flowchart TD", "n2[\"relu\"]", "n1 -->|4x8x8| n7", "n9 -->|2| n10");
  }

  @Test
  void blocksAreBoxesAndWhatFollowsItselfIsCounted() {
    Drawing closed = Drawing.of(net(RESNET_18), 0);
    assertThat(titles(closed)).containsExactly(
        "input", "ConvBn(64, k = 7, s = 2)", "relu", "maxpool(3, stride = 2, pad = 1)", "Basic(64) × 2", "Basic(128, s = 2)", "Basic(128)",
        "Basic(256, s = 2)", "Basic(256)", "Basic(512, s = 2)", "Basic(512)", "avgpool(global)", "flatten", "dense(1_000)", "output");
    assertThat(closed.boxes().get(4).detail()).isEqualTo("Basic1 … Basic2, 147,968 parameters");
    assertThat(closed.arrows()).hasSize(14).allMatch(a -> a.to() == a.from() + 1);
    assertThat(closed.frames()).isEmpty();
  }

  @Test
  void openBlocksAreFramesAndCallsHaveTheirValues() {
    Drawing open = Drawing.of(net(RESNET_18), 2);
    assertThat(titles(open)).contains("conv(64, 7, stride = 2, pad = 3, bias = false)", "conv(512, 1, stride = 2, pad = 0, bias = false)").noneMatch(t -> t.contains("width"));
    assertThat(open.frames()).contains(new Drawing.Frame("Basic(64) × 2, 147,968 parameters", 5, 11), new Drawing.Frame("ConvBn(64), 36,992 parameters", 8, 9));
    // Both turns are drawn as one: its skip is there, and no arrow leads back.
    assertThat(open.arrows()).contains(new Drawing.Arrow(4, 10, "64x16x16")).allMatch(a -> a.from() < a.to());
    assertThat(GraphText.dot(net(RESNET_18), 2, Phrases.ENGLISH)).contains("subgraph cluster_1 { label=\"Basic(64) × 2, 147,968 parameters\";");
  }

  @Test
  void turnsOfSeveralStepsAreOneFrameIfTheyAreAlike() {
    Drawing alike = Drawing.of(net("net N = input 8 -> repeat 3 { dense(8) -> relu } -> dense(2)"), 0);
    assertThat(titles(alike)).containsExactly("input", "dense(8)", "relu", "dense(2)", "output");
    assertThat(alike.frames()).containsExactly(new Drawing.Frame("repeat × 3, 216 parameters", 1, 2));
    Drawing others = Drawing.of(net("net N = input 8 -> repeat 3 as i { dense(8 * i) -> relu } -> dense(2)"), 0);
    assertThat(titles(others)).containsExactly("input", "dense(8)", "relu", "dense(16)", "relu", "dense(24)", "relu", "dense(2)", "output");
    assertThat(others.frames()).isEmpty();
  }

  /** A block whose first use is read once more is no part of those that follow. */
  @Test
  void whatIsReadInBetweenIsNotCounted() {
    Drawing read = Drawing.of(net("block B { dense(8) -> relu }\nnet N { input 8; one: B; B; B; add(@one) }"), 0);
    assertThat(titles(read)).containsExactly("input", "B", "B × 2", "add(@one)", "output");
  }

  @Test
  void wordsOfALayerAreNoNamesOfTheScript() {
    Drawing drawing = Drawing.of(net("same = 3\nscale = 0.1\nnet N = input 1x8x8 -> conv(2 + same, 3, pad = same, init = normal(3 * scale))"), 0);
    assertThat(titles(drawing)).containsExactly("input", "conv(5, 3, pad = same, init = normal(0.3))", "output");
  }

  @Test
  void aDeepNetworkFitsAPage() {
    NetChart closed = new NetChart(net(RESNET_18), 0, Phrases.ENGLISH);
    assertThat(closed.width()).isLessThan(742);
    assertThat(closed.height()).isLessThan(1_123);
    NetChart open = new NetChart(net(RESNET_18), 2, Phrases.ENGLISH);
    assertThat((double) open.height() / open.width()).isBetween(1 / 2.0, 2.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void nothingLiesOverAnythingElse(int depth) {
    isClear(new NetChart(net(SKIP), depth, Phrases.ENGLISH), "skip");
    isClear(new NetChart(net(RESNET_18), depth, Phrases.ENGLISH), "resnet");
    for (int seed = 0; seed < 25; seed++) {
      isClear(new NetChart(net(random(new Random(seed))), depth, Phrases.ENGLISH), "seed " + seed);
    }
  }

  private static void isClear(NetChart chart, String name) {
    assertThat(faults(chart)).as(name).isEmpty();
  }

  /** Boxes are apart from each other and from shapes; arrows pass none of them; where two arrows lie over each other, they bring the same value. */
  private static List<String> faults(NetChart chart) {
    List<String> faults = new ArrayList<>();
    List<Drawing.Arrow> arrows = chart.drawing().arrows();
    List<Area> boxes = IntStream.range(0, chart.drawing().boxes().size()).mapToObj(chart::area).toList();
    List<Area> shapes = IntStream.range(0, boxes.size()).filter(b -> !isEnd(chart, b)).mapToObj(chart::shape).toList();
    List<List<Area>> lines = IntStream.range(0, arrows.size()).mapToObj(a -> parts(chart.through(a))).toList();
    for (int b = 0; b < boxes.size(); b++) {
      Area box = boxes.get(b);
      boolean inside = box.x() >= 0 && box.y() >= 0 && box.x() + box.width() <= chart.width() && box.y() + box.height() <= chart.height();
      boolean alone = boxes.stream().filter(o -> meet(box, o)).count() == 1 && shapes.stream().noneMatch(s -> meet(box, s));
      if (!inside || !alone) {
        faults.add("box " + b);
      }
    }
    for (int a = 0; a < lines.size(); a++) {
      if (lines.get(a).stream().anyMatch(part -> boxes.stream().anyMatch(b -> meet(part, b)) || shapes.stream().anyMatch(s -> meet(part, s)))) {
        faults.add("arrow " + a);
      }
      for (int o = 0; o < a; o++) {
        if (arrows.get(o).from() != arrows.get(a).from() && lieOver(lines.get(a), lines.get(o))) {
          faults.add("arrows " + o + " and " + a);
        }
      }
    }
    return faults;
  }

  private static boolean isEnd(NetChart chart, int box) {
    return chart.drawing().arrows().stream().noneMatch(a -> a.from() == box);
  }

  private static boolean meet(Area a, Area b) {
    return a.x() < b.x() + b.width() && b.x() < a.x() + a.width() && a.y() < b.y() + b.height() && b.y() < a.y() + a.height();
  }

  /** The straight parts of a line, a little shorter than they are. */
  private static List<Area> parts(List<Point> line) {
    List<Area> parts = new ArrayList<>();
    for (int i = 1; i < line.size(); i++) {
      double x = Math.min(line.get(i - 1).x(), line.get(i).x());
      double y = Math.min(line.get(i - 1).y(), line.get(i).y());
      double width = Math.abs(line.get(i - 1).x() - line.get(i).x());
      double height = Math.abs(line.get(i - 1).y() - line.get(i).y());
      parts.add(new Area(x + (width > 0 ? 0.5 : -0.01), y + (height > 0 ? 0.5 : -0.01), width > 0 ? width - 1 : 0.02, height > 0 ? height - 1 : 0.02));
    }
    return parts;
  }

  /** Whether two lines run over each other, more than where they cross. */
  private static boolean lieOver(List<Area> a, List<Area> b) {
    return a.stream().anyMatch(p -> b.stream().anyMatch(q -> meet(p, q) && (p.width() < p.height()) == (q.width() < q.height())));
  }

  /** Blocks, turns, paths inside of paths, and labels that are read later. */
  private static String random(Random random) {
    return "block A(c) { conv(c, 3, pad = same) -> relu }\nblock B(c) { add { path { A(c) -> A(c) } path { } } }\nnet N {\n  input 4x8x8\n"
        + steps(random, 3, "l") + "  flatten -> dense(3)\n}\n";
  }

  private static String steps(Random random, int depth, String label) {
    StringBuilder steps = new StringBuilder();
    int count = 2 + random.nextInt(5);
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String inner = label + i;
      switch (random.nextInt(depth == 0 ? 5 : 8)) {
        case 0 -> steps.append("  B(4)\n");
        case 1 -> steps.append("  repeat 3 { B(4) -> relu }\n");
        case 2 -> {
          steps.append("  ").append(inner).append(": A(4)\n");
          labels.add(inner);
        }
        case 3 -> steps.append("  conv(4, 3, pad = same)\n");
        case 4 -> steps.append(labels.isEmpty() ? "  relu\n" : "  tanh -> add(@" + labels.get(random.nextInt(labels.size())) + ")\n");
        default -> steps.append("  concat {\n path {\n").append(steps(random, depth - 1, inner + "a")).append(" }\n path {\n")
            .append(random.nextBoolean() ? "" : steps(random, depth - 1, inner + "b")).append(" }\n path { conv(4, 1) }\n }\n  conv(4, 1)\n");
      }
    }
    return steps.toString();
  }
}
