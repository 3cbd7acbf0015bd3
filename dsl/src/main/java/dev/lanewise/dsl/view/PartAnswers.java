package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.dsl.view.picture.Framed;
import dev.lanewise.runtime.data.Box;
import dev.lanewise.runtime.data.BoxGrid;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.score.Found;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Examples in parts and what a network makes of them: what goes in, and of each output what is right beside what it says.
 *
 * @param examples as the network sees them, in the order of {@code which}
 * @param made what each output says; of a network with one loss that is called as nothing is
 */
public record PartAnswers(String title, CheckedNet net, DataSplit split, Dataset examples, List<Integer> which, Map<String, Predictions> made) {
  public PartAnswers {
    made = made.size() < 2 ? made : made.entrySet().stream().filter(e -> !e.getKey().isEmpty())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, LinkedHashMap::new));
  }

  public Table table() {
    List<String> header = new ArrayList<>(List.of("item"));
    // A picture is drawn, with what is in it: its numbers say less.
    List<Integer> inputs = net.inputs().stream().map(i -> place(i.name(), 0)).filter(i -> grid().isEmpty() || !Exhibits.isPicture(field(i).shape())).toList();
    inputs.forEach(i -> header.add(field(i).name()));
    made.keySet().forEach(name -> header.addAll(List.of(named(name), "says")));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < which.size(); i++) {
      int example = i;
      List<String> row = new ArrayList<>(List.of(Integer.toString(which.get(i))));
      inputs.forEach(p -> row.add(PartTable.said(split, field(p), original(p, example))));
      made.forEach((name, said) -> {
        int place = place(name, Dataset.TARGET);
        if (grid().isPresent() && List.of(BoxGrid.CLASS, BoxGrid.BOX).contains(name)) {
          boxes(row, name, grid().get(), example);
          return;
        }
        row.add(examples.isAnswered() || place != Dataset.TARGET ? PartTable.said(split, field(place), Exhibits.part(examples, place, example)) : "?");
        row.add(says(field(place), said, example, place));
      });
      rows.add(row);
    }
    return new Table(title, header, rows);
  }

  /** Whether outputs are told by their names: heads, each with a loss of its own. */
  public static boolean areTold(Computation loss) {
    return loss instanceof Objective o && o.losses().stream().anyMatch(l -> !l.name().isEmpty());
  }

  /** What an output is called: as the part that it learns, if that has another name. */
  private String named(String output) {
    return output.isEmpty() ? field(Dataset.TARGET).name() : output;
  }

  /** What each output says, in columns of their own: a class, classes place by place, or numbers. As a file has it. */
  public Table answers() {
    List<String> header = new ArrayList<>(List.of("item"));
    made.forEach((name, said) -> {
      int columns = columns(field(place(name, Dataset.TARGET)), said);
      IntStream.rangeClosed(1, columns).forEach(i -> header.add(columns == 1 ? named(name) : named(name) + " " + i));
    });
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < which.size(); i++) {
      int example = i;
      List<String> row = new ArrayList<>(List.of(Integer.toString(which.get(i))));
      made.forEach((name, said) -> row.addAll(answers(field(place(name, Dataset.TARGET)), said, example)));
      rows.add(row);
    }
    return new Table(title, header, rows);
  }

  private static int columns(Field field, Predictions said) {
    return field.isWhole() ? field.shape().size() : said.outputs();
  }

  private List<String> answers(Field field, Predictions said, int example) {
    if (!field.isWhole()) {
      return IntStream.range(0, said.outputs()).mapToObj(o -> Float.toString(said.values()[example * said.outputs() + o])).toList();
    }
    List<String> words = split.world().words(field.name());
    if (field.shape().size() == 1) {
      int predicted = said.predicted(example);
      return List.of(predicted < 0 ? "?" : PartTable.word(words, predicted));
    }
    float[] chosen = chosen(field, said, example);
    return IntStream.range(0, chosen.length).mapToObj(p -> PartTable.word(words, (int) chosen[p])).toList();
  }

  /** Where the network tells of boxes, and the examples too. */
  private Optional<BoxGrid> grid() {
    return made.containsKey(BoxGrid.CLASS) && made.containsKey(BoxGrid.BOX)
        ? BoxGrid.of(examples.fields()).filter(g -> made.get(BoxGrid.CLASS).outputs() >= g.classes() * g.cells() && made.get(BoxGrid.BOX).outputs() == BoxGrid.NUMBERS * g.cells())
        : Optional.empty();
  }

  private List<Found> right(BoxGrid grid, int example) {
    return examples.isAnswered() ? Found.right(grid, Exhibits.part(examples, grid.classField(), example), 0, Exhibits.part(examples, grid.boxField(), example), 0) : List.of();
  }

  private List<Found> found(BoxGrid grid, int example) {
    float[] scores = output(made.get(BoxGrid.CLASS), example);
    return Framed.sure(Found.of(grid, scores, scores.length / grid.cells(), 0, output(made.get(BoxGrid.BOX), example), 0));
  }

  private Picture framed(Picture input, String before, List<Found> found) {
    String caption = before + (found.isEmpty() ? "nothing" : Framed.words(found, PartTable.words(split, BoxGrid.CLASS), false));
    return Framed.of(new Picture(input.width(), input.height(), input.pixels(), caption), found, Exhibits.ground(examples.fields()), PartTable.words(split, BoxGrid.CLASS));
  }

  /** The classes of what is there and of what is found, and how sure that is; or their boxes in pixels: left, top, width x height. */
  private void boxes(List<String> row, String name, BoxGrid grid, int example) {
    for (boolean says : new boolean[] {false, true}) {
      List<Found> all = says ? found(grid, example) : right(grid, example);
      row.add(all.isEmpty() ? "nothing" : name.equals(BoxGrid.CLASS) ? Framed.words(all, PartTable.words(split, name), says) : all.stream().map(this::place).collect(Collectors.joining(", ")));
    }
  }

  private String place(Found found) {
    Box box = found.box();
    int width = examples.shape().width();
    int height = examples.shape().height();
    return Math.round(box.left() * width) + " " + Math.round(box.top() * height) + " " + Math.round(box.width() * width) + "x" + Math.round(box.height() * height);
  }

  /** The values of a part that is learned from, as they were before they were scaled. */
  private float[] original(int place, int example) {
    float[] values = Exhibits.part(examples, place, example);
    World world = split.world();
    return field(place).isWhole() ? values : (place == 0 ? Optional.of(world.normalization()) : world.scale(field(place).name())).map(s -> s.undone(values)).orElse(values);
  }

  private Field field(int place) {
    return examples.fields().get(place);
  }

  /** @param otherwise where no part is called so */
  private int place(String name, int otherwise) {
    return IntStream.range(0, examples.fields().size()).filter(i -> field(i).name().equals(name)).findFirst().orElse(otherwise);
  }

  private String says(Field field, Predictions said, int example, int place) {
    if (!field.isWhole()) {
      return ExampleTable.numbers(output(said, example));
    }
    if (field.shape().size() == 1) {
      int predicted = said.predicted(example);
      return predicted < 0 ? "?" : String.format(Locale.ROOT, "%s, %.0f %%", PartTable.word(split.world().words(field.name()), predicted), 100 * said.probabilities(example)[predicted]);
    }
    float[] right = Exhibits.part(examples, place, example);
    float[] chosen = chosen(field, said, example);
    // What is padding is no place.
    int[] places = IntStream.range(0, right.length).filter(i -> !field.padded() || right[i] != 0).toArray();
    IntStream.range(0, right.length).filter(i -> field.padded() && right[i] == 0).forEach(i -> chosen[i] = 0);
    long same = IntStream.of(places).filter(i -> right[i] == chosen[i]).count();
    String told = same + " of " + places.length + " right";
    return split.world().vocabulary(field.name()).isPresent() ? PartTable.said(split, field, chosen) + ", " + told : told;
  }

  private static float[] output(Predictions said, int example) {
    float[] own = new float[said.outputs()];
    System.arraycopy(said.values(), example * own.length, own, 0, own.length);
    return own;
  }

  /** At each place the class with the highest output. */
  private static float[] chosen(Field field, Predictions said, int example) {
    int places = field.shape().size();
    float[] output = output(said, example);
    float[] chosen = new float[places];
    for (int p = 0; p < places; p++) {
      int best = 0;
      for (int c = 1; c < said.outputs() / places; c++) {
        best = output[c * places + p] > output[best * places + p] ? c : best;
      }
      chosen[p] = best;
    }
    return chosen;
  }

  /** The outputs that can be seen beside the image: masks, and classes at each of its places. Empty if there are none. */
  public List<Gallery> galleries() {
    Shape image = examples.shape();
    List<Map.Entry<String, Predictions>> seen = made.entrySet().stream().filter(e -> {
      Shape own = field(place(e.getKey(), Dataset.TARGET)).shape();
      return Exhibits.isPicture(own) && own.height() == image.height() && own.width() == image.width();
    }).toList();
    if (!Exhibits.isPicture(image) || seen.isEmpty() && grid().isEmpty()) {
      return List.of();
    }
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < which.size(); i++) {
      Picture input = Exhibits.picture(image, original(0, i), which.get(i) + " input");
      if (grid().isEmpty()) {
        pictures.add(input);
      } else {
        pictures.add(framed(input, which.get(i) + ": ", right(grid().get(), i)));
        pictures.add(framed(input, "says ", found(grid().get(), i)));
      }
      for (Map.Entry<String, Predictions> e : seen) {
        int place = place(e.getKey(), Dataset.TARGET);
        Field field = field(place);
        float[] right = Exhibits.part(examples, place, i);
        float[] says = field.isWhole() ? chosen(field, e.getValue(), i) : output(e.getValue(), i);
        pictures.add(Exhibits.over(examples.fields(), place, right, field.name()));
        pictures.add(Exhibits.over(examples.fields(), place, says, "output"));
      }
    }
    return List.of(new Gallery(title, pictures, 1 + (grid().isEmpty() ? 0 : 1) + 2 * seen.size()));
  }
}
