package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.layer.Recurrence.Cell;
import dev.lanewise.runtime.operation.AtPlaces;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole layer with a memory: cells one above the other, from the first place on, from the last, or both, {@code C x L} → {@code n x L}. Of several a
 * parameter's name says which it is for, as in PyTorch: {@code weight_ih_l0}, {@code weight_ih_l0_reverse}, {@code weight_ih_l1}.
 */
public final class Memory {
  private Memory() {}

  /**
   * Puts it together.
   *
   * @param cells from the lowest up: each takes what the one below gives, of both ways the one behind the other
   * @param in channels x length
   * @param reverse whether it begins at the last place
   * @param both whether it goes both ways
   * @param masked whether a second input, one number for each place, says where there is padding: 0
   */
  public static Recipe of(String name, List<Cell> cells, Shape in, boolean reverse, boolean both, boolean masked) {
    int places = in.dim(1);
    Recipe.Builder recipe = new Recipe.Builder(name);
    int x = recipe.input(in);
    Optional<Integer> mask = masked ? Optional.of(recipe.input(Shape.of(places))) : Optional.empty();
    List<List<Integer>> parameters = new ArrayList<>();
    for (int k = 0; k < cells.size(); k++) {
      for (boolean backwards : both ? new boolean[] {false, true} : new boolean[] {reverse}) {
        List<Integer> own = new ArrayList<>();
        for (ParameterSpec p : cells.get(k).recipe().parameters()) {
          String called = name(p.name(), k, backwards && both);
          own.add(recipe.parameter(p.named(called)));
        }
        parameters.add(own);
      }
    }
    Optional<Integer> rows = mask.map(m -> recipe.step("mask", new dev.lanewise.runtime.operation.Reshape(Shape.of(places), Shape.of(places, 1)), m));
    int value = recipe.step("places", new Transpose(in), x);
    for (int k = 0; k < cells.size(); k++) {
      Cell cell = cells.get(k);
      if (both) {
        int there = Recurrence.add(recipe, cell, value, parameters.get(2 * k), places, false, rows);
        int back = Recurrence.add(recipe, cell, value, parameters.get(2 * k + 1), places, true, rows);
        Shape each = Shape.of(recipe.shape(there).dim(1));
        value = recipe.step("both", new AtPlaces(new Concat(List.of(each, each)), places), there, back);
      } else {
        value = Recurrence.add(recipe, cell, value, parameters.get(k), places, reverse, rows);
      }
    }
    return recipe.build(recipe.step("channels", new Transpose(recipe.shape(value)), value));
  }

  private static String name(String name, int layer, boolean backwards) {
    boolean counts = name.endsWith("_l0");
    String plain = counts ? name.substring(0, name.length() - 1) : name + "_l";
    return (layer == 0 ? name : plain + layer) + (backwards ? "_reverse" : "");
  }
}
