package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedNet.Layer;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the places stand for that attention looks from, or at: they are followed back through the network, from layer to layer by its first input, to what it takes. Those of a text are its tokens, those of a
 * picture the cells of a grid over it.
 *
 * @param input what the network takes there
 * @param grid of the places of a picture; empty if they are those of a text
 */
record PlaceNames(Field input, Optional<Shape> grid) {
  /** Names longer than this are cut. */
  private static final int LONGEST = 12;

  /** Of a value of the network, {@code C x places}; empty if its places stand for nothing that is known. */
  static Optional<PlaceNames> of(CheckedNet net, int value, int places) {
    Optional<Shape> grid = Optional.empty();
    int at = value;
    while (true) {
      Shape shape = net.shape(at);
      if (grid.isEmpty() && shape.isImage() && shape.height() * shape.width() == places) {
        grid = Optional.of(shape);
      }
      Optional<Layer> layer = at == 0 ? Optional.empty() : Optional.of(net.layers().get(at - 1));
      if (layer.isEmpty() || layer.get().computation() instanceof Given) {
        Field input = layer.map(l -> net.inputs().stream().filter(f -> f.name().equals(l.name())).findFirst().orElseThrow()).orElse(net.first());
        boolean isText = input.isWhole() && input.shape().isFlat() && input.shape().size() == places;
        boolean isPicture = !input.isWhole() && Exhibits.isPicture(input.shape()) && grid.isPresent();
        return isText || isPicture ? Optional.of(new PlaceNames(input, grid.filter(_ -> isPicture))) : Optional.empty();
      }
      if (layer.get().inputs().isEmpty() || layer.get().computation() instanceof Transpose) {
        return Optional.empty();
      }
      at = layer.get().inputs().getFirst();
    }
  }

  /** Where it stands among the parts of examples. */
  int field(Dataset part) {
    return Math.max(0, part.fields().stream().map(Field::name).toList().indexOf(input.name()));
  }

  /** The tokens of a text, without the padding behind them. */
  static List<String> tokens(Vocabulary vocabulary, float[] numbers) {
    int end = numbers.length;
    while (vocabulary.isPadded() && end > 1 && numbers[end - 1] == 0) {
      end--;
    }
    return IntStream.range(0, end).mapToObj(i -> cut(vocabulary.shown((int) numbers[i]))).toList();
  }

  private static String cut(String token) {
    return token.codePointCount(0, token.length()) <= LONGEST ? token : token.substring(0, token.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
