package dev.lanewise.runtime.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether what is asked finds what belongs to it, among all that there is: how near two are is the cosine of their angle. Things that are equal count as
 * one, which is found by whatever belongs to any of them.
 *
 * <pre>{@code new Retrieval(texts, ofTexts, pictures, ofPictures).recall(10)   // the share of the texts whose picture is among the ten nearest }</pre>
 *
 * @param questions of each example the numbers of what is asked, by which equal ones are known
 * @param asked where that lies
 * @param things of each example the numbers of what is to be found
 * @param there where the other part lies
 */
public record Retrieval(float[][] questions, float[][] asked, float[][] things, float[][] there) {
  /** Things that are not equal, by the first example that has each. */
  public int[] candidates() {
    return first(things);
  }

  private int[] questionsOnce() {
    return first(questions);
  }

  private static int[] first(float[][] values) {
    Map<Integer, List<Integer>> known = new HashMap<>();
    List<Integer> first = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      int own = i;
      List<Integer> alike = known.computeIfAbsent(Arrays.hashCode(values[i]), _ -> new ArrayList<>());
      if (alike.stream().noneMatch(j -> Arrays.equals(values[j], values[own]))) {
        alike.add(i);
        first.add(i);
      }
    }
    return first.stream().mapToInt(i -> i).toArray();
  }

  /** The share of what is asked, each once, that has one that belongs to it among the k nearest. Of equally near ones, those that do not belong come first. */
  public double recall(int k) {
    int[] candidates = candidates();
    int[] once = questionsOnce();
    long found = IntStream.of(once).parallel().filter(q -> rank(q, candidates) < k).count();
    return (double) found / once.length;
  }

  /** What it would be if k were drawn at random: the mean over what is asked. */
  public double chance(int k) {
    int[] candidates = candidates();
    return IntStream.of(questionsOnce()).mapToDouble(q -> chance(k, belonging(q, candidates).size(), candidates.length)).average().orElseThrow();
  }

  /** Of drawing one of some at least once. */
  private static double chance(int k, int belonging, int of) {
    double none = 1;
    for (int i = 0; i < Math.min(k, of); i++) {
      none *= Math.max(0, (double) (of - belonging - i) / (of - i));
    }
    return 1 - none;
  }

  /** How many are as near as the nearest that belongs to it, and do not. */
  private int rank(int question, int[] candidates) {
    List<Integer> belonging = belonging(question, candidates);
    double best = belonging.stream().mapToDouble(c -> cosine(asked[question], there[c])).max().orElseThrow();
    return (int) IntStream.of(candidates).filter(c -> !belonging.contains(c) && cosine(asked[question], there[c]) >= best).count();
  }

  /** Candidates that are the thing of an example with the same question. */
  private List<Integer> belonging(int question, int[] candidates) {
    List<Integer> examples = IntStream.range(0, questions.length).filter(i -> Arrays.equals(questions[i], questions[question])).boxed().toList();
    return IntStream.of(candidates).filter(c -> examples.stream().anyMatch(e -> Arrays.equals(things[e], things[c]))).boxed().toList();
  }

  /** The candidates that are nearest to a place, nearest first, so many. */
  public List<Integer> nearest(float[] place, int count) {
    return IntStream.of(candidates()).boxed().sorted(Comparator.comparingDouble((Integer c) -> -cosine(place, there[c])).thenComparing(c -> c)).limit(count).toList();
  }

  /** From -1 to 1; 0 where one has no length. */
  public static double cosine(float[] a, float[] b) {
    double product = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      ofA += (double) a[i] * a[i];
      ofB += (double) b[i] * b[i];
    }
    return ofA == 0 || ofB == 0 ? 0 : product / Math.sqrt(ofA * ofB);
  }
}
