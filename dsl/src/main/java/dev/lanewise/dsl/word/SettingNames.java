package dev.lanewise.dsl.word;

import dev.lanewise.dsl.meaning.Concern;
import dev.lanewise.runtime.score.Measure;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of {@code train}, {@code data} and {@code sweep}, each with what it means: what the checker knows, and the reference prints. */
public final class SettingNames {
  private static final String METRICS =
      Arrays.stream(Measure.Kind.values()).skip(1).map(Measure.Kind::toString).collect(Collectors.joining(", "));

  private static final Map<String, String> TRAIN =
      map(
          "epochs", "how many times all examples are seen; 1",
          "batch", "examples of a step; 64",
          "shuffle", "whether their order changes from epoch to epoch; true",
          "seed", "where all randomness begins; 1",
          "loss", "what becomes small; cross_entropy",
          "optimizer", "how parameters follow their gradients; sgd",
          "schedule", "how the learning rate changes; constant, or a `def` of the progress from 0 to 1",
          "changes", "a list of what happens on the way: `rate(0.1, epoch = 1, batch = 37)` changes the learning rate after that batch,"
              + " `size(64, epoch = 2, batch = 14)` the size of the batches after that epoch, `stop(epoch = 2, batch = 14)` ends the training",
          "clip", "`norm(1)` or `value(0.5)`: gradients are limited first",
          "accumulate", "batches whose gradients make one step, as if they were one batch; 1",
          "average", "`ema(0.999)`: the network is tested, saved and left with an exponential moving average of its parameters",
          "adversarial", "`pgd(0.3, steps = 7)` or `fgsm(0.3, start = random)`: images are attacked before they are learned; ends by itself where only that attack is withstood",
          "federated", "a block: clients that each have a part of the examples train together, round by round",
          "rounds", "of a training by clients: how often the server takes the mean of what they send; 1",
          "until", "of a training by clients: `accuracy >= 0.99` on the examples to validate on, or else to test on, ends it",
          "freeze", "a list of layers and blocks whose parameters stay as they are",
          "minutes", "time of training after which it ends with the batch at work; not the same bits twice",
          "heads", "what the loss of each head counts; 1",
          "folds", "cross-validation: before the training, as many others on all training examples but one part, tested on that part;"
              + " told with mean and deviation",
          "metrics", "a list of " + METRICS + ", told after each epoch; [accuracy]",
          "stop", "`early(val.loss, patience = 3)`: ends after so many epochs without a better one, with the best epoch's parameters",
          "save", "`best(\"net.safetensors\", by = val.accuracy)`: a file for the best epoch's parameters",
          "resume", "a file that is written after each epoch, or each round of clients; if it is there, training goes on from it",
          "critic", "of `train G against D`: a block with the critic's `optimizer`, by default that of both, and its `steps` to each of the other's; 1",
          "on", "`spark(\"local[2]\")`, `spark(\"spark://host:7077\")`: other processes compute the gradients of each batch, each of some of its examples, or train as clients; the same bits",
          "log", "a list of console, `csv(\"file\")`, `jsonl(\"file\")`, `tensorboard(\"folder\")`");

  private static final Map<String, String> FEDERATED =
      map(
          "clients", "how many there are; 10, or as many as `by` finds",
          "fraction", "of them that take part in a round, one at least; 1",
          "epochs", "of each over its own examples in a round; 1",
          "steps", "of each in a round, in place of `epochs`: the mean is taken every so many batches, which go on where the round before has ended",
          "batch", "of each; 0 for all of its examples at once; 10",
          "split", "who has which examples: `iid`, `by_class(2)`, `dirichlet(0.5)` or `by(speaker)`; iid",
          "method", "`fedavg`, `fedavg(momentum = 0.9)`, `fedprox(0.01)`, `scaffold` or `fedadam(0.01)`; fedavg",
          "privacy", "`gaussian(clip = 1, noise = 1.1)`: nobody can tell who took part, but for what is told after each round; none");

  private static final Map<String, String> DATA =
      map(
          "limit", "so many examples of each part: the first ones, or, where these lack a class, the first of each class in turn",
          "limit.class", "so many training examples of each class, the first ones; those to test and to validate on stay",
          "split.test", "so many training examples are set apart to test on; a fifth, if the data brings none",
          "split.val", "so many training examples are set apart to validate on",
          "target", "`input`: the network learns to rebuild what it sees; otherwise what the data brings",
          "normalize", "`auto` (mean 0, deviation 1 of each channel or feature over the training examples, also of"
              + " numbers to predict, which are told in their own unit all the same), `none` or [mean, deviation], each a number or a list with one for each channel; none",
          "pairs", "so many pairs of examples with classes, in parts: left, right, and same, whether both are of one class, as half of them are; a fifth as many to test on",
          "balance", "`equal`: training examples are repeated until every class has as many as the largest; `none`",
          "positive", "which of two classes is to be found, by its name: it becomes the second, of which sensitivity, specificity, auc and roc tell; the second as it is",
          "features", "what a network is given of sounds, as the argument of audio and tones: `wave`, `mel(40)`, `mfcc(13)`",
          "augment", "a list of changes of the training examples",
          "allow", "a list of what is not warned of when the data is read: " + String.join(", ", Concern.words()));

  private static final Map<String, String> SWEEP =
      map(
          "Net.parameter in …", "also optimizer.lr, batch, epochs, seed: a list, `uniform(from, to)` or `log(from, to)`",
          "trials", "so many, drawn at random; without it all combinations of the lists",
          "pick", "`max(val.accuracy)` or `min(val.loss)`: which trial is best; accuracy on the validation examples, if there are any",
          "resume", "a file that is written after each trial; if it is there, the sweep goes on with the trials that are missing",
          "on", "`spark(\"local[2]\")`, `spark(\"spark://host:7077\")`: other processes train the trials, several at once; the same bits");

  private SettingNames() {}

  private static Map<String, String> map(String... namesAndDocs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndDocs.length; i += 2) {
      map.put(namesAndDocs[i], namesAndDocs[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }

  public static Map<String, String> train() {
    return TRAIN;
  }

  /** Of the block {@code federated} in {@code train}. */
  public static Map<String, String> federated() {
    return FEDERATED;
  }

  public static Map<String, String> data() {
    return DATA;
  }

  public static Map<String, String> sweep() {
    return SWEEP;
  }
}
