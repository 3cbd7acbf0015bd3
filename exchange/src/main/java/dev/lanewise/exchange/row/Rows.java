package dev.lanewise.exchange.row;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Elements;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.draft.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is made of the values along an axis where no layer does it: a {@code def} in which each value of the result is written out, of {@code x[0]}, {@code x[1]} and so on. */
public record Rows(Draft draft) {
  private static final int MOST = 512;
  private static final int LONGEST = 60_000;

  /** @param like what the definition is called @param bindings lines before @param rows what stands at each place of the result */
  public Live along(Live x, int axis, String like, List<String> bindings, List<String> rows) {
    List<Atom> made = rows.size() == 1 ? List.of() : List.of(Atom.of(rows.size()));
    List<List<Atom>> axes = new ArrayList<>(x.axes());
    axes.set(axis, made);
    return along(x, x.own(axis), like, bindings, rows, made, axes);
  }

  public Live along(Live x, int axis, String like, List<String> rows) {
    return along(x, axis, like, List.of(), rows);
  }

  /** @param own what the places count @param made what they become @param axes of the result */
  public Live along(Live x, List<Atom> own, String like, List<String> bindings, List<String> rows, List<Atom> made, List<List<Atom>> axes) {
    String last = rows.size() == 1 ? rows.getFirst() : "concat(" + String.join(", ", rows) + ")";
    String lines = bindings.stream().map(b -> "  " + b + "\n").collect(Collectors.joining());
    if (rows.size() > MOST || Atom.size(own) > MOST || last.length() + lines.length() > LONGEST) {
      throw new RefusedException("the language has no counterpart, and written out it is too long");
    }
    List<Atom> rest = around(x, own);
    Step at = draft.arranged(x, rest.isEmpty() ? List.of(own) : List.of(own, rest));
    String name = draft.define(like, "def %s(x) " + (lines.isEmpty() ? "= " + last : "{\n" + lines + "  " + last + "\n}"));
    int[] dims = at.dims();
    dims[0] = rows.size();
    List<Atom> order = new ArrayList<>(made);
    order.addAll(rest);
    return new Live(draft.once(name, name, dims, at), axes, order);
  }

  /** The other atoms, those behind these first: so that all move by one transposition. */
  private static List<Atom> around(Live x, List<Atom> own) {
    int behind = own.isEmpty() ? 0 : x.order().indexOf(own.getLast()) + 1;
    return IntStream.range(0, x.order().size()).mapToObj(i -> x.order().get((behind + i) % x.order().size())).filter(a -> !own.contains(a)).toList();
  }

  public static String literal(double value) {
    return (value < 0 ? "-" : "") + Elements.written(Math.abs(value));
  }

  /** A number, whatever the values are. */
  public static String number(double value) {
    return "0 * x[0] " + (value < 0 ? "- " : "+ ") + Elements.written(Math.abs(value));
  }

  public static String row(int place) {
    return "x[" + place + "]";
  }

  /** The larger of all. */
  public static String largest(List<String> rows) {
    return rows.stream().reduce((a, b) -> "max(" + a + ", " + b + ")").orElseThrow();
  }

  /** Rows one after the other, each with those before it. @param joined of what was before and a row */
  public Live running(Live x, int axis, boolean exclusive, boolean reverse) {
    int size = (int) x.size(axis);
    List<String> bindings = new ArrayList<>(), rows = new ArrayList<>();
    String sum = exclusive ? "0 * x[0]" : "";
    for (int i = 0; i < size; i++) {
      String next = row(reverse ? size - 1 - i : i);
      if (exclusive) {
        rows.add(sum);
      }
      if (i == 0) {
        sum = next;
      } else if (!exclusive || i < size - 1) {
        bindings.add("t" + i + " = " + sum + " + " + next);
        sum = "t" + i;
      }
      if (!exclusive) {
        rows.add(sum);
      }
    }
    return along(x, axis, "running", bindings, reverse ? rows.reversed() : rows);
  }

  /** Lines after which {@code iN} is the place of the largest of so many, or the smallest. @return the last of them */
  public static String best(int count, boolean smallest, boolean last, List<String> bindings) {
    String relation = (smallest ? "<" : ">") + (last ? "=" : ""), word = smallest ? "min" : "max";
    String best = row(0), place = "0 * x[0]";
    for (int i = 1; i < count; i++) {
      bindings.add("i" + i + " = where(" + row(i) + " " + relation + " " + best + ", " + i + ", " + (i == 1 ? "0" : place) + ")");
      place = "i" + i;
      if (i < count - 1) {
        bindings.add("m" + i + " = " + word + "(" + best + ", " + row(i) + ")");
        best = "m" + i;
      }
    }
    return place;
  }
}
