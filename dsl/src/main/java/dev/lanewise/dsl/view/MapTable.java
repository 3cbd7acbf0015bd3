package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.view.picture.Maps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What counts in an example that is no picture: of a row of a table its columns, of a text its tokens, each with a bar. */
public final class MapTable {
  private static final int MOST_ROWS = 40;
  private static final int BAR = 20;

  private MapTable() {}

  /**
   * What counts most comes first, if there is no order of its own.
   *
   * @param header of the name, the value, and what is told of it
   * @param ordered whether the order stays, as of a text
   */
  public static Table of(String title, List<String> header, List<String> names, List<String> values, double[] map, boolean ordered) {
    double most = Maps.most(map);
    List<Integer> order = new ArrayList<>(IntStream.range(0, map.length).boxed().toList());
    if (!ordered) {
      order.sort(Comparator.comparingDouble(i -> -Math.abs(map[i])));
    }
    List<List<String>> rows = new ArrayList<>();
    for (int i : order.subList(0, ordered ? order.size() : Math.min(MOST_ROWS, order.size()))) {
      int bar = most == 0 ? 0 : (int) Math.round(BAR * Math.abs(map[i]) / most);
      rows.add(List.of(names.get(i), values.get(i), Maps.number(map[i]), (map[i] < 0 ? "-" : "#").repeat(bar)));
    }
    List<String> all = new ArrayList<>(header);
    all.add("");
    return new Table(title, all, rows);
  }

  /** The original numbers, as they are told. */
  public static List<String> numbers(float[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> ExampleTable.number(values[i])).toList();
  }

  /** 0, 1, 2: where numbers have no names. */
  public static List<String> counted(int count) {
    return Arrays.stream(IntStream.range(0, count).toArray()).mapToObj(Integer::toString).toList();
  }
}
