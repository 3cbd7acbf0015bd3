package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Who looks at whom: a picture for each head, a row for each place that looks, a column for each that is looked at, from dark for nothing to light for all. Places of texts have their tokens for names. Where a text looks
 * at a picture, there is one for each token instead: what is looked at is light.
 */
public final class Attentions {
  private static final int NOTHING = 0x14213d;
  private static final int ALL = 0xffe066;
  /** Of the light over a picture, at most: what is below can still be seen. */
  private static final double OVER = 0.75;

  private final Chosen chosen;
  private final Attend attend;
  private final double[] p;
  private final Optional<PlaceNames> looking;
  private final Optional<PlaceNames> seen;

  private Attentions(CheckedNet net, CheckedNet.Layer layer, Chosen chosen, Attend attend, double[] p) {
    int query = layer.inputs().getFirst();
    int other = layer.inputs().stream().skip(1).filter(v -> net.shape(v).isSequence()).findFirst().orElse(query);
    this.chosen = chosen;
    this.attend = attend;
    this.p = p;
    this.looking = PlaceNames.of(net, query, attend.places());
    this.seen = PlaceNames.of(net, other, attend.others());
  }

  /** @param chosen one example @param p the probabilities, head by head */
  public static Gallery of(String title, CheckedNet net, CheckedNet.Layer layer, Chosen chosen, Attend attend, double[] p) {
    Attentions attentions = new Attentions(net, layer, chosen, attend, p);
    List<String> down = attentions.looking.map(attentions::down).orElse(List.of());
    List<String> across = attentions.seen.map(attentions::tokens).orElse(List.of());
    Optional<Shape> grid = attentions.seen.flatMap(PlaceNames::grid).filter(_ -> !down.isEmpty());
    return new Gallery(title, grid.map(g -> attentions.over(g, down)).orElseGet(() -> attentions.heads(down, across)));
  }

  /** Nothing where a place is none of a text. */
  private List<String> tokens(PlaceNames names) {
    return chosen.split().world().vocabulary(chosen.part().fields().get(names.field(chosen.part())).name()).filter(_ -> names.grid().isEmpty())
        .map(v -> PlaceNames.tokens(v, Exhibits.part(chosen.part(), names.field(chosen.part()), example()))).orElse(List.of());
  }

  /** Who looks at something else than itself does so to say what comes next. */
  private List<String> down(PlaceNames names) {
    Dataset part = chosen.part();
    Field next = part.fields().get(Dataset.TARGET);
    boolean says = !looking.equals(seen) && part.isAnswered() && next.isWhole() && next.shape().equals(names.input().shape()) && next.bound() == names.input().bound();
    return says ? tokens(new PlaceNames(next, Optional.empty())) : tokens(names);
  }

  private int example() {
    return chosen.which().getFirst();
  }

  private String head(int h) {
    return attend.heads() == 1 ? "" : Integer.toString(h);
  }

  private List<Picture> heads(List<String> down, List<String> across) {
    int rows = down.isEmpty() ? attend.places() : down.size();
    int columns = across.isEmpty() ? attend.others() : across.size();
    List<Picture> heads = new ArrayList<>();
    for (int h = 0; h < attend.heads(); h++) {
      int[] pixels = new int[rows * columns];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = Picture.between(NOTHING, ALL, p[(h * attend.places() + i / columns) * attend.others() + i % columns]);
      }
      heads.add(new Picture(columns, rows, pixels, head(h), new Picture.Axes(down, across)));
    }
    return heads;
  }

  /** The picture itself, and for each word and head where it looks. */
  private List<Picture> over(Shape grid, List<String> words) {
    int field = seen.orElseThrow().field(chosen.part());
    Dataset original = chosen.part().original();
    Shape shape = original.fields().get(field).shape();
    Picture picture = Exhibits.picture(shape, Exhibits.part(original, field, example()), "");
    List<Picture> pictures = new ArrayList<>(List.of(picture));
    for (int word = 0; word < words.size(); word++) {
      for (int h = 0; h < attend.heads(); h++) {
        int from = (h * attend.places() + word) * attend.others();
        pictures.add(lit(picture, grid, Arrays.copyOfRange(p, from, from + attend.others()), (words.get(word) + " " + head(h)).strip()));
      }
    }
    return pictures;
  }

  /** As light as a cell is looked at; the one that is most has all light. */
  private static Picture lit(Picture picture, Shape grid, double[] looks, String caption) {
    double most = Arrays.stream(looks).max().orElse(1);
    int[] pixels = IntStream.range(0, picture.pixels().length).map(i -> {
      int row = i / picture.width() * grid.height() / picture.height();
      int column = i % picture.width() * grid.width() / picture.width();
      return Picture.between(picture.pixels()[i], ALL, OVER * looks[row * grid.width() + column] / most);
    }).toArray();
    return new Picture(picture.width(), picture.height(), pixels, caption);
  }
}
