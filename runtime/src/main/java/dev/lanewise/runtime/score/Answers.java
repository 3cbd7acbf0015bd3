package dev.lanewise.runtime.score;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of the examples of an epoch or a test, added up batch by batch. */
public final class Answers {
  private final Confusion confusion;
  private final Ranking ranking;
  private final Errors errors;
  private double lossSum;
  private double objectiveSum;
  private double weight;
  private long correct;
  /** Examples, or places, that are not left out. */
  private long counted;
  private int count;
  private int unclear;
  private long wanted;
  private long said;
  private long both;
  /** Kept, so that a batch allocates nothing. */
  private final Scores.Marks marking = this::mark;
  private final Scores.Answers answering = this::answer;
  private final Scores.Numbers measuring;
  private final BatchRunner runner;
  private final Scores scores;
  private final List<Answers> heads = new ArrayList<>();
  /** What a network finds in pictures; null where that is not counted. */
  private Detections.Outputs finding;
  private Detections detections;

  /**
   * @param runner that will run the examples
   * @param keeps whether the outputs are kept too, which the area under the curve needs
   */
  public Answers(BatchRunner runner, Dataset data, boolean keeps) {
    this(runner, data, keeps, 0);
  }

  /** @param place of the output among those that are judged: after the network's own follow those with names */
  private Answers(BatchRunner runner, Dataset data, boolean keeps, int place) {
    runner.of(data);
    scores = runner.judged().get(place);
    Field target = scores.target();
    boolean areClasses = scores.areClasses();
    this.runner = runner;
    this.confusion = scores.places() != null ? Confusion.ofPlaces(scores.places(), isToWrite(data, target)) : new Confusion(areClasses ? target.bound() : 0);
    this.ranking = new Ranking(scores.judged().outputs(), keeps && areClasses ? data.size() : 0);
    this.errors = new Errors(scores.judged().outputs(), target.shape().isFlat());
    this.measuring = errors::add;
    for (int i = 1; place == 0 && i < runner.judged().size(); i++) {
      heads.add(new Answers(runner, data, keeps, i));
    }
  }

  /** Whether it is a text that is to be made of another one: then a network is given its beginning, too, as a part of its own. */
  private static boolean isToWrite(Dataset data, Field target) {
    return target.padded() && data.fields().stream().skip(Dataset.TARGET + 1).anyMatch(f -> f.padded() && f.bound() == target.bound() && f.shape().equals(target.shape()));
  }

  /** Counts too what the network finds, if its losses compare classes and boxes of a grid. */
  public Answers finding() {
    finding = Detections.Outputs.of(runner).orElse(null);
    detections = finding == null ? null : new Detections(finding.grid());
    return this;
  }

  /** The runner has just run {@code examples}. */
  public void add(int examples) {
    lossSum += scores.lossSum();
    objectiveSum += scores.objectiveSum();
    weight += scores.weight();
    count += examples;
    unclear += scores.unclear();
    if (scores.places() != null) {
      confusion.add(scores.places());
      counted += scores.places().all();
      correct = confusion.correct();
    } else if (confusion.classes() == 0) {
      scores.marks(marking);
      scores.numbers(measuring);
    } else {
      correct += scores.correct();
      scores.answers(answering);
    }
    for (int i = 0; i < heads.size(); i++) {
      heads.get(i).add(examples);
    }
    if (finding != null) {
      finding.tell(examples, detections);
    }
  }

  private void mark(int w, int s, int b) {
    wanted += w;
    said += s;
    both += b;
  }

  private void answer(int example, int label, int predicted, int rank) {
    counted++;
    confusion.add(label, predicted);
    if (ranking.scores() != null) {
      scores.outputs(example, ranking.scores(), ranking.next());
    }
    ranking.add(label, rank);
  }

  /** The mean of what is trained; NaN where that is the loss of the score. */
  public double objective() {
    return scores.hasHeads() ? mean(objectiveSum) : Double.NaN;
  }

  /** Of how many examples an output is NaN: none of them is right. */
  public int unclear() {
    return unclear;
  }

  public Score score() {
    Map<String, Score> named = new LinkedHashMap<>();
    heads.forEach(h -> named.put(h.scores.judged().name(), h.score()));
    return new Score(loss(), counted == 0 ? 0 : (double) correct / counted, count, confusion, ranking,
        confusion.classes() == 0 ? new Overlap(wanted, said, both) : null, scores.keepsTargets() ? errors : null, detections, Map.of(), named);
  }

  /** Where each loss has a mean of its own, it is the sum of these, as they count. */
  private double loss() {
    return scores.judged().name().isEmpty() && runner.countsApart() ? heads.stream().mapToDouble(h -> h.scores.judged().factor() * h.loss()).sum() : mean(lossSum);
  }

  /** Of nothing that counts it is 0. */
  private double mean(double sum) {
    return weight == 0 ? 0 : sum / weight;
  }
}
