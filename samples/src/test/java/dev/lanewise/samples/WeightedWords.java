package dev.lanewise.samples;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What texts with two classes have to be beaten by: a logistic regression of words, each weighted by how rare it is, as scikit-learn's TfidfVectorizer and LogisticRegression have it by default.
 *
 * <pre>{@code idf = 1 + ln((1 + n) / (1 + texts with the word)), each text of length 1, and  Σ log(1 + e^(-y (w x + b))) + |w|² / 2  is least }</pre>
 */
final class WeightedWords {
  private static final Pattern WORD = Pattern.compile("\\b\\w\\w+\\b", Pattern.UNICODE_CHARACTER_CLASS);
  private static final int STEPS = 400;
  private static final double RATE = 0.5;

  private final List<List<String>> texts;
  private final int[] labels;

  WeightedWords(List<String> texts, int[] labels) {
    this.texts = texts.stream().map(t -> WORD.matcher(t.toLowerCase(Locale.ROOT)).results().map(m -> m.group()).toList()).toList();
    this.labels = labels;
  }

  /** The share of texts that are right, each told by what has learnt from the others. */
  double folds(int count, long seed) {
    List<Integer> order = new java.util.ArrayList<>(IntStream.range(0, labels.length).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    int right = 0;
    for (int f = 0; f < count; f++) {
      int fold = f;
      int[] test = IntStream.range(0, labels.length).filter(i -> i % count == fold).map(order::get).toArray();
      int[] train = IntStream.range(0, labels.length).filter(i -> i % count != fold).map(order::get).toArray();
      right += right(train, test);
    }
    return (double) right / labels.length;
  }

  private int right(int[] train, int[] test) {
    Map<String, Integer> columns = new HashMap<>();
    Map<String, Integer> documents = new HashMap<>();
    for (int t : train) {
      new HashSet<>(texts.get(t)).forEach(w -> {
        columns.putIfAbsent(w, columns.size());
        documents.merge(w, 1, Integer::sum);
      });
    }
    double[] weights = new double[columns.size() + 1];
    double[] momentum = new double[weights.length];
    List<Map<Integer, Double>> rows = Arrays.stream(train).mapToObj(t -> row(t, columns, documents, train.length)).toList();
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = weights.clone();
      gradient[columns.size()] = 0;
      for (int i = 0; i < train.length; i++) {
        double y = 2 * labels[train[i]] - 1;
        double share = -y / (1 + Math.exp(y * score(rows.get(i), weights)));
        rows.get(i).forEach((c, v) -> gradient[c] += share * v);
        gradient[columns.size()] += share;
      }
      for (int c = 0; c < weights.length; c++) {
        // The offset has a steeper slope than any word.
        momentum[c] = 0.9 * momentum[c] + gradient[c] / (c == columns.size() ? train.length : 20);
        weights[c] -= RATE * momentum[c];
      }
    }
    return (int) Arrays.stream(test).filter(t -> score(row(t, columns, documents, train.length), weights) > 0 == (labels[t] == 1)).count();
  }

  private Map<Integer, Double> row(int text, Map<String, Integer> columns, Map<String, Integer> documents, int count) {
    Map<Integer, Double> row = new HashMap<>();
    for (String word : texts.get(text)) {
      if (columns.containsKey(word)) {
        row.merge(columns.get(word), 1 + Math.log((1.0 + count) / (1 + documents.get(word))), Double::sum);
      }
    }
    double length = Math.sqrt(row.values().stream().mapToDouble(v -> v * v).sum());
    row.replaceAll((c, v) -> v / length);
    return row;
  }

  private static double score(Map<Integer, Double> row, double[] weights) {
    double score = weights[weights.length - 1];
    for (Map.Entry<Integer, Double> e : row.entrySet()) {
      score += weights[e.getKey()] * e.getValue();
    }
    return score;
  }
}
