package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.data.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes a text of another one, from {@code <begin>} to {@code <end>}: greedily, the likeliest token each time, or with a beam, which goes on with several texts and takes the one whose tokens are the likeliest on average.
 *
 * @param scores of a network beside sources
 * @param target what its tokens stand for
 */
public record Translation(SourcedScores scores, Vocabulary target) {
  /** @param logs sum of the logarithms of its tokens' probabilities */
  private record Begun(int[] tokens, double logs) {
    double mean() {
      return logs / Math.max(1, tokens.length - 1);
    }
  }

  /** The likeliest token each time, of each source. */
  public List<int[]> greedy(List<float[]> sources) {
    return scores.isTogether() ? together(sources) : scores.each(sources).stream().map(this::greedy).toList();
  }

  private int[] greedy(NextScores beside) {
    int[] tokens = begin();
    for (int i = 0; i < scores.window(); i++) {
      int token = likeliest(beside.next(List.of(tokens))[0]);
      if (token == end()) {
        break;
      }
      tokens = with(tokens, token);
    }
    return Arrays.copyOfRange(tokens, 1, tokens.length);
  }

  private int likeliest(float[] next) {
    return new Choice(0, 0, 1).of(possible(next), 0);
  }

  private List<int[]> together(List<float[]> sources) {
    int[][] all = new int[sources.size()][];
    Arrays.setAll(all, _ -> begin());
    boolean[] done = new boolean[all.length];
    for (int i = 0; i < scores.window(); i++) {
      int[] open = IntStream.range(0, all.length).filter(t -> !done[t]).toArray();
      if (open.length == 0) {
        break;
      }
      float[][] next = scores.beside(IntStream.of(open).mapToObj(sources::get).toList()).next(IntStream.of(open).mapToObj(t -> all[t]).toList());
      for (int o = 0; o < open.length; o++) {
        int token = likeliest(next[o]);
        done[open[o]] = token == end();
        all[open[o]] = done[open[o]] ? all[open[o]] : with(all[open[o]], token);
      }
    }
    return IntStream.range(0, all.length).mapToObj(t -> Arrays.copyOfRange(all[t], 1, all[t].length)).toList();
  }

  /** Of each source. @param width texts that are gone on with */
  public List<int[]> beam(List<float[]> sources, int width) {
    return scores.each(sources).stream().map(s -> beam(s, width)).toList();
  }

  private int[] beam(NextScores beside, int width) {
    List<Begun> open = List.of(new Begun(begin(), 0));
    List<Begun> ended = new ArrayList<>();
    for (int i = 0; i < scores.window() && !open.isEmpty() && ended.size() < width; i++) {
      float[][] next = beside.next(open.stream().map(Begun::tokens).toList());
      List<Begun> longer = new ArrayList<>();
      for (int o = 0; o < open.size(); o++) {
        double[] logs = logs(possible(next[o]));
        Begun begun = open.get(o);
        // Of one text no more are gone on with than of all.
        IntStream.range(0, logs.length).filter(t -> logs[t] > Double.NEGATIVE_INFINITY).boxed().sorted(Comparator.comparingDouble((Integer t) -> -logs[t])).limit(width)
            .forEach(t -> longer.add(new Begun(with(begun.tokens, t), begun.logs + logs[t])));
      }
      longer.sort(Comparator.comparingDouble((Begun b) -> -b.logs));
      List<Begun> best = longer.subList(0, Math.min(width, longer.size()));
      best.stream().filter(this::isEnded).forEach(ended::add);
      open = best.stream().filter(b -> !isEnded(b)).toList();
    }
    // Where none has come to its end, one is taken as it is.
    Begun best = (ended.isEmpty() ? open : ended).stream().max(Comparator.comparingDouble(Begun::mean)).orElseThrow();
    return IntStream.of(best.tokens).skip(1).filter(t -> t != end()).toArray();
  }

  private boolean isEnded(Begun begun) {
    return begun.tokens[begun.tokens.length - 1] == end();
  }

  private int[] begin() {
    return new int[] {target.number(Vocabulary.BEGIN).orElseThrow()};
  }

  private int end() {
    return target.number(Vocabulary.END).orElseThrow();
  }

  private static int[] with(int[] tokens, int token) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return longer;
  }

  private float[] possible(float[] next) {
    float[] possible = Arrays.copyOf(next, Math.min(next.length, target.size()));
    for (String mark : List.of(Vocabulary.PADDING, Vocabulary.BEGIN)) {
      target.number(mark).ifPresent(n -> possible[n] = Float.NEGATIVE_INFINITY);
    }
    return possible;
  }

  private static double[] logs(float[] next) {
    double most = Double.NEGATIVE_INFINITY;
    for (float s : next) {
      most = Math.max(most, s);
    }
    double sum = 0;
    for (float s : next) {
      sum += Math.exp(s - most);
    }
    double[] logs = new double[next.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = next[i] - most - Math.log(sum);
    }
    return logs;
  }
}
