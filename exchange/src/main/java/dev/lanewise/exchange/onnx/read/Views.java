package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values whose axes are moved, cut or put together: most of that needs no step. */
record Views(Draft draft) {
  /** Stands for the number of examples wherever a file computes with it; a prime, so that it is found again in products. */
  static final long BATCH = 1_000_003;

  static Live transposed(Live x, long[] axes) {
    List<List<Atom>> made = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      made.add(x.axes().get(axes == null ? x.rank() - 1 - i : x.axis(axes[i])));
    }
    return x.as(made);
  }

  static Live squeezed(Live x, long[] axes) {
    List<List<Atom>> made = new ArrayList<>();
    List<Integer> gone = axes == null ? null : Arrays.stream(axes).mapToObj(x::axis).toList();
    for (int i = 0; i < x.rank(); i++) {
      boolean goes = gone == null ? x.axes().get(i).isEmpty() : gone.contains(i);
      if (goes && !x.axes().get(i).isEmpty()) {
        throw new RefusedException("an axis of " + (x.isBatch(i) ? "the examples" : x.size(i)) + " is to go");
      }
      if (!goes) {
        made.add(x.axes().get(i));
      }
    }
    return x.as(made);
  }

  static Live unsqueezed(Live x, long[] axes) {
    int rank = x.rank() + axes.length;
    List<Integer> places = Arrays.stream(axes).mapToObj(a -> (int) (a < 0 ? a + rank : a)).sorted().toList();
    List<List<Atom>> made = new ArrayList<>(x.axes());
    for (int place : places) {
      if (place < 0 || place > made.size()) {
        throw new RefusedException("there is no axis " + place);
      }
      made.add(place, List.of());
    }
    return x.as(made);
  }

  /** @param zero whether a 0 is a 0; else it means the size that was there */
  Live reshaped(Live x, long[] target, boolean zero) {
    long[] to = target.clone();
    long all = Arrays.stream(x.shape()).reduce(1, (a, b) -> a * b);
    for (int i = 0; i < to.length; i++) {
      if (to[i] == 0 && !zero) {
        to[i] = x.size(x.axis(i));
      }
    }
    fit(x, to, all);
    return split(x, to);
  }

  /** What is left for -1, and where the batch is, of which a file may say that it is one example. */
  private static void fit(Live x, long[] to, long all) {
    boolean hasBatch = x.axes().stream().flatMap(List::stream).anyMatch(Atom::isBatch);
    for (int attempt = -1; attempt < to.length; attempt++) {
      long[] tried = to.clone();
      if (attempt >= 0) {
        if (tried[attempt] != 1) {
          continue;
        }
        tried[attempt] = BATCH;
      }
      long product = 1;
      int open = -1;
      for (int i = 0; i < tried.length; i++) {
        if (tried[i] == -1) {
          open = i;
        } else {
          product *= tried[i];
        }
      }
      if (open >= 0 && product != 0 && all % product == 0) {
        tried[open] = all / product;
        product = all;
      }
      // A batch that lands beside others where 1 was written in front is meant to stand in front.
      boolean mixed = attempt < 0 && hasBatch && tried.length > 0 && tried[0] == 1 && Arrays.stream(tried).anyMatch(t -> t > BATCH && t % BATCH == 0);
      if (product == all && !mixed) {
        System.arraycopy(tried, 0, to, 0, to.length);
        return;
      }
    }
    throw new RefusedException("its shape " + Arrays.toString(to) + " does not hold " + Arrays.toString(x.shape()).replace(Long.toString(BATCH), "batch"));
  }

  private Live split(Live x, long[] to) {
    Live now = x;
    List<Atom> left = new ArrayList<>(x.axes().stream().flatMap(List::stream).toList());
    int batch = batchAxis(to);
    Atom counting = left.stream().filter(Atom::isBatch).findFirst().orElse(null);
    if (counting != null && to[batch] == BATCH) {
      // Of one example at a time it does not matter where it stands.
      left.remove(counting);
    }
    List<List<Atom>> axes = new ArrayList<>();
    for (int i = 0; i < to.length; i++) {
      List<Atom> axis = new ArrayList<>();
      if (counting != null && i == batch && to[i] == BATCH) {
        axes.add(List.of(counting));
        continue;
      }
      long wanted = to[i];
      while (wanted > 1) {
        if (left.isEmpty()) {
          throw new RefusedException("its new shape does not hold its values");
        }
        Atom next = left.getFirst();
        if (wanted % next.size() == 0) {
          axis.add(left.removeFirst());
          wanted /= next.size();
        } else if (!next.isBatch() && next.size() % wanted == 0) {
          Live cut = now.cut(next, wanted);
          int place = now.order().indexOf(next);
          Atom outer = cut.order().get(place), inner = cut.order().get(place + 1);
          now = cut;
          left.removeFirst();
          left.addFirst(inner);
          axis.add(outer);
          wanted = 1;
        } else {
          return anew(x, to, counting);
        }
      }
      axes.add(axis);
    }
    return now.as(axes);
  }

  private static int batchAxis(long[] to) {
    for (int i = 0; i < to.length; i++) {
      if (to[i] % BATCH == 0 && to[i] > 0) {
        return i;
      }
    }
    return 0;
  }

  /** Where neither old nor new dimensions divide the others: as it lies, with new ones. */
  private Live anew(Live x, long[] to, Atom counting) {
    List<List<Atom>> axes = new ArrayList<>();
    for (long size : to) {
      boolean holds = size % BATCH == 0;
      long rest = holds ? size / BATCH : size;
      List<Atom> axis = new ArrayList<>();
      if (holds) {
        axis.add(counting);
      }
      if (rest > 1) {
        axis.add(Atom.of(rest));
      }
      axes.add(axis);
    }
    List<Atom> plain = x.plain();
    return Live.natural(draft.arranged(x, List.of(plain)), axes).below(x.bound());
  }
}
