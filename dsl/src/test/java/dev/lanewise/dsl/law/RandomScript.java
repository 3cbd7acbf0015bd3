package dev.lanewise.dsl.law;

import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A random script: a network, data for it, and how it is trained.
 *
 * @param definitions of functions, layers and blocks, in an order in which they can be read
 * @param body the network's lines behind its input
 * @param layout where lines are broken
 * @param settings of train, as they are written
 * @param output the value that the network gives; @param heads further ones
 * @param calls the loss, and what trains
 * @param met layers, functions and words that are in it
 */
record RandomScript(
    long seed, List<String> definitions, Shape input, List<Body.Line> body, long layout, Map<String, String> settings, Examples examples,
    List<Op> ops, int output, List<Integer> heads, Calls calls, Set<String> met) {
  /** What is called to train. @param clip {@code norm}, {@code value} or nothing */
  record Calls(
      Call loss, Call optimizer, Call schedule, String clip, double most, int epochs, int batch, int accumulate, double average, double heads) {}

  private static final int MOST_EXAMPLES = 60;

  /** Settings that the other ones are built upon, so that their combinations are counted from nothing. */
  static RandomScript draw(long seed, Wish wish) {
    Pick pick = new Pick(seed);
    Shape input = switch (pick.whole(0, 4)) {
      case 0, 1 -> Shape.of(pick.whole(1, 3), pick.whole(3, 7), pick.whole(3, 7));
      case 2, 3 -> Shape.of(1, pick.whole(1, 3), pick.whole(4, 12));
      default -> Shape.of(pick.whole(2, 9));
    };
    String lossName = pick.of(List.copyOf(LossRules.ALL.keySet()));
    LossRules.Rule rule = LossRules.ALL.get(lossName);
    boolean triplet = lossName.equals("triplet");
    Wish allowed = triplet ? wish.withoutHeads() : wish;
    boolean ofClasses = rule.numbers() == LossRules.Numbers.NONE || pick.chance(0.5);
    int classes = ofClasses ? pick.whole(2, 5) : 0;
    // Numbers in the shape of planes come from a network that keeps them: only one that begins so is sure to.
    boolean planes = !ofClasses && !rule.isFlat() && !input.isFlat() && pick.chance(0.3);
    Shape output = ofClasses ? Shape.of(classes) : planes ? input.plane(pick.whole(1, 2), input.height(), input.width()) : Shape.of(pick.whole(2, 4));
    Growth growth = new Growth(allowed, input, output, rule.last());
    Body body = new Body(pick, growth, input, Ties.NONE, 0);
    if (input.channels() == 1 && !input.isFlat() && input.height() <= 3 && !planes) {
      // There is no data of sequences: they come as images of one channel.
      body.reshape(Shape.of(input.height(), input.width()));
    }
    if (planes) {
      body.grown(pick.whole(1, 4), true);
    } else {
      body.grown(pick.whole(2, 7), false);
    }
    body.finish(output, rule.last());
    Call loss = rule.drawing().draw(pick, output.size());
    boolean many = growth.met().contains("batchnorm");
    int count = pick.whole(many ? 8 : classes + 1, MOST_EXAMPLES);
    Calls calls = calls(pick, loss, count, many, growth);
    growth.met(lossName);
    growth.met(calls.optimizer.name());
    growth.met(calls.schedule.name());
    Examples examples = Examples.draw(pick, count, input, classes, output, rule.numbers());
    return new RandomScript(
        seed, growth.definitions(), input, body.lines(), seed, settings(calls, !growth.heads().isEmpty()), examples, growth.ops(), body.value(),
        growth.heads(), calls, growth.met());
  }

  /** @param many whether a batch of few examples would have a variance of few values */
  private static Calls calls(Pick pick, Call loss, int count, boolean many, Growth growth) {
    boolean heads = !growth.heads().isEmpty();
    int batch = pick.whole(1, 100);
    for (int tries = 0; many && count % batch != 0 && Math.min(batch, count % batch) < 4 || many && batch < 4 || count / batch > 8; tries++) {
      batch = tries > 50 ? count : pick.whole(1, 100);
    }
    int epochs = pick.whole(1, 3);
    boolean norms = Known.MUON_OF_NORMS.avoided() && growth.met().contains(Growth.NORM_OF_PLANES);
    Call optimizer = TrainRules.drawn(pick, TrainRules.OPTIMIZERS);
    while (norms && optimizer.name().equals("muon")) {
      optimizer = TrainRules.drawn(pick, TrainRules.OPTIMIZERS);
    }
    Call schedule = pick.chance(0.4) ? Call.of("constant") : TrainRules.drawn(pick, TrainRules.SCHEDULES);
    if (Known.ONE_CYCLE.avoided() && schedule.name().equals("one_cycle")) {
      schedule = Call.of("constant");
    }
    boolean single = Known.ACCUMULATED_SCHEDULE.avoided() && !schedule.name().equals("constant");
    int accumulate = !single && pick.chance(0.3) ? pick.whole(2, 4) : 1;
    String clip = pick.chance(0.4) ? pick.one("norm", "value") : "";
    return new Calls(
        loss, optimizer, schedule, clip, clip.isEmpty() ? 0 : pick.rate(0.01, 1), epochs, batch, accumulate,
        pick.chance(0.3) ? pick.number(0.3, 0.95) : 0, heads ? pick.number(0.1, 1.5) : 1);
  }

  private static Map<String, String> settings(Calls c, boolean heads) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("epochs", "" + c.epochs);
    settings.put("batch", "" + c.batch);
    settings.put("loss", c.loss.text());
    settings.put("optimizer", c.optimizer.text());
    if (!c.schedule.name().equals("constant")) {
      settings.put("schedule", c.schedule.text());
    }
    if (!c.clip.isEmpty()) {
      settings.put("clip", c.clip + "(" + Pick.text(c.most) + ")");
    }
    if (c.accumulate > 1) {
      settings.put("accumulate", "" + c.accumulate);
    }
    if (c.average > 0) {
      settings.put("average", "ema(" + Pick.text(c.average) + ")");
    }
    if (heads) {
      settings.put("heads", Pick.text(c.heads));
    }
    return settings;
  }

  /** With a further setting of train, or another one in its place. */
  RandomScript with(String setting, String written) {
    Map<String, String> other = new LinkedHashMap<>(settings);
    other.put(setting, written);
    return new RandomScript(seed, definitions, input, body, layout, other, examples, ops, output, heads, calls, met);
  }

  /** With its definitions in another order. */
  RandomScript defined(List<String> other) {
    return new RandomScript(seed, other, input, body, layout, settings, examples, ops, output, heads, calls, met);
  }

  /** Without a setting of train. */
  RandomScript without(String setting) {
    Map<String, String> other = new LinkedHashMap<>(settings);
    other.remove(setting);
    return new RandomScript(seed, definitions, input, body, layout, other, examples, ops, output, heads, calls, met);
  }

  /** With one more head, somewhere, that counts nothing; empty if none fits. */
  Optional<RandomScript> withHead(long headSeed) {
    if (calls.loss.name().equals("triplet")) {
      return Optional.empty();
    }
    Pick pick = new Pick(headSeed);
    Shape outputShape = examples.target().isClass() ? body.getLast().shape() : examples.target().shape();
    for (int tries = 0; tries < 50; tries++) {
      int at = pick.whole(0, body.size() - 1);
      Body.Line line = body.get(at);
      Growth growth = new Growth(Wish.ALONE, line.shape(), outputShape, LossRules.ALL.get(calls.loss.name()).last());
      Body piece = new Body(pick, growth, line.shape(), line.ties(), 0);
      if (piece.head() && growth.definitions().isEmpty()) {
        List<Body.Line> more = new ArrayList<>(body);
        String text = piece.lines().getFirst().text().replaceAll("\\b([hv])(\\d+)\\b", "$1_added$2");
        more.add(at + 1, new Body.Line(text, line.shape(), line.ties()));
        RandomScript script = new RandomScript(seed, definitions, input, more, layout, settings, examples, ops, output, heads, calls, met);
        return Optional.of(script.with("heads", "0"));
      }
    }
    return Optional.empty();
  }

  /** Where the script is written, and its data: files called after its seed. */
  String text() {
    String x = "x" + seed + ".npy";
    String y = "y" + seed + ".npy";
    StringBuilder text = new StringBuilder("# seed " + seed + "\n");
    definitions.forEach(text::append);
    text.append("net N {\n  input ").append(input).append('\n');
    text.append(Body.indented(Body.text(body.stream().map(Body.Line::text).toList(), new Pick(layout)))).append("}\n");
    text.append("data d = npy(\"%s\", labels = \"%s\", test = \"%s\", test_labels = \"%s\")\n".formatted(x, y, x, y));
    text.append("train N on d {\n");
    settings.forEach((k, v) -> text.append("  ").append(k).append(" = ").append(v).append('\n'));
    return text.append("}\n").toString();
  }
}
