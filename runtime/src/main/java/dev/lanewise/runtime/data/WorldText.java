package dev.lanewise.runtime.data;

import dev.lanewise.runtime.data.sound.SoundForm;
import dev.lanewise.runtime.data.sound.SoundText;
import dev.lanewise.runtime.data.text.BytePairs;
import dev.lanewise.runtime.data.text.Bytes;
import dev.lanewise.runtime.data.text.Characters;
import dev.lanewise.runtime.data.text.Tokenizer;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.data.text.Words;
import dev.lanewise.runtime.file.JsonReader;
import dev.lanewise.runtime.file.JsonWriter;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A {@link World} as JSON, as files of parameters keep it. Numbers are texts there, so that they come back bit by bit.
 *
 * <pre>{@code {"input":"digit","mean":["0.1307"],"std":["0.3081"],"output":"classes","classes":["0","1"]} }</pre>
 */
public final class WorldText {
  /** What it is called among the metadata of a file. */
  public static final String KEY = "world";

  private WorldText() {}

  public static String of(World world) {
    JsonWriter json = new JsonWriter().beginObject();
    switch (world.input()) {
      case World.Input.Numbers() -> json.name("input").value("numbers");
      case World.Input.Table(Encoding encoding, List<String> learned) -> {
        columns(json.name("input").value("table"), encoding);
        texts(json, "learned", learned);
      }
      case World.Input.Picture(World.Preparation as) -> json.name("input").value(as.name().toLowerCase(Locale.ROOT));
      case World.Input.Sound(SoundForm form) -> SoundText.write(json.name("input").value("sound").name("sound"), form);
    }
    numbers(json, "mean", world.normalization().mean());
    numbers(json, "std", world.normalization().std());
    switch (world.output()) {
      case World.Output.Classes(List<String> names, boolean ofPlaces) -> texts(json.name("output").value(ofPlaces ? "places" : "classes"), "classes", names);
      case World.Output.Numbers(List<String> names, Optional<Normalization> unit) -> {
        texts(json.name("output").value("numbers"), "names", names);
        unit.ifPresent(u -> {
          numbers(json, "unit.mean", u.mean());
          numbers(json, "unit.std", u.std());
        });
      }
      case World.Output.Embedding() -> json.name("output").value("embedding");
      case World.Output.Examples(Normalization scale) -> {
        numbers(json.name("output").value("examples"), "scale.mean", scale.mean());
        numbers(json, "scale.std", scale.std());
      }
    }
    if (!world.parts().isEmpty()) {
      parts(json.name("parts"), world.parts());
    }
    if (!world.loss().isEmpty()) {
      json.name("loss").value(world.loss());
    }
    if (!world.inUnit().isEmpty()) {
      texts(json, "in_unit", world.inUnit());
    }
    return json.endObject().toString();
  }

  private static void parts(JsonWriter json, List<World.Part> parts) {
    json.beginArray();
    for (World.Part p : parts) {
      json.beginObject().name("name").value(p.field().name()).name("shape").value(p.field().shape().toString()).name("of").value(Integer.toString(p.field().bound()))
          .name("learned").value(Boolean.toString(p.learned()));
      if (p.field().padded()) {
        json.name("padded").value("true");
      }
      p.vocabulary().ifPresent(v -> vocabulary(json.name("vocabulary"), v));
      p.scale().ifPresent(scale -> {
        numbers(json, "mean", scale.mean());
        numbers(json, "std", scale.std());
      });
      json.endObject();
    }
    json.endArray();
  }

  private static void vocabulary(JsonWriter json, Vocabulary vocabulary) {
    json.beginObject().name("by").value(vocabulary.by().name()).name("small").value(Boolean.toString(vocabulary.small()));
    texts(json, "tokens", vocabulary.tokens());
    if (vocabulary.by() instanceof BytePairs pairs) {
      texts(json.name("words").value(pairs.words()), "marks", pairs.marks());
      texts(json, "left", pairs.merges().stream().map(BytePairs.Merge::left).toList());
      texts(json, "right", pairs.merges().stream().map(BytePairs.Merge::right).toList());
    }
    json.endObject();
  }

  private static Vocabulary vocabulary(Map<?, ?> object) {
    Tokenizer by = switch ((String) object.get("by")) {
      case "character" -> new Characters();
      case "word" -> new Words();
      case "byte" -> new Bytes();
      case "bpe" -> {
        List<String> left = texts(object, "left");
        List<String> right = texts(object, "right");
        yield new BytePairs(IntStream.range(0, left.size()).mapToObj(i -> new BytePairs.Merge(left.get(i), right.get(i))).toList(), (String) object.get("words"), texts(object, "marks"));
      }
      default -> throw new IllegalArgumentException("texts by " + object.get("by"));
    };
    return new Vocabulary(by, texts(object, "tokens"), Boolean.parseBoolean((String) object.get("small")));
  }

  private static void columns(JsonWriter json, Encoding encoding) {
    json.name("columns").beginArray();
    for (Encoding.Column c : encoding.columns()) {
      json.beginObject().name("name").value(c.name()).name("how").value(c.how().name().toLowerCase(Locale.ROOT)).name("fill").value(Float.toString(c.fill()));
      texts(json, "words", c.words());
      json.endObject();
    }
    json.endArray();
  }

  private static void numbers(JsonWriter json, String name, float[] numbers) {
    List<String> texts = new ArrayList<>();
    for (float n : numbers) {
      texts.add(Float.toString(n));
    }
    texts(json, name, texts);
  }

  private static void texts(JsonWriter json, String name, List<String> texts) {
    json.name(name).beginArray();
    texts.forEach(json::value);
    json.endArray();
  }

  /** @throws IOException if the text is none that {@link #of} writes */
  public static World read(String text) throws IOException {
    try {
      if (new JsonReader(text, 0).parse() instanceof Map<?, ?> object) {
        Normalization normalization = new Normalization(numbers(object, "mean"), numbers(object, "std"));
        return new World(input(object), normalization, output(object), parts(object), object.get("loss") instanceof String loss ? loss : "", object.containsKey("in_unit") ? texts(object, "in_unit") : List.of());
      }
    } catch (IOException | IllegalArgumentException | ClassCastException | NullPointerException e) {
      throw broken(e);
    }
    throw broken(null);
  }

  private static IOException broken(Exception cause) {
    return new IOException("what the file says of its network's world cannot be understood: it is damaged, or of a newer version of Lanewise", cause);
  }

  private static World.Input input(Map<?, ?> object) {
    String input = (String) object.get("input");
    return switch (input) {
      case "numbers" -> new World.Input.Numbers();
      case "table" -> new World.Input.Table(new Encoding(((List<?>) object.get("columns")).stream().map(c -> column((Map<?, ?>) c)).toList()), texts(object, "learned"));
      case "sound" -> new World.Input.Sound(SoundText.read((Map<?, ?>) object.get("sound")));
      default -> new World.Input.Picture(World.Preparation.valueOf(input.toUpperCase(Locale.ROOT)));
    };
  }

  private static Encoding.Column column(Map<?, ?> object) {
    return new Encoding.Column(
        (String) object.get("name"), Encoding.How.valueOf(((String) object.get("how")).toUpperCase(Locale.ROOT)), texts(object, "words"),
        Float.parseFloat((String) object.get("fill")));
  }

  /** None in files of before, and where nothing names them. */
  private static List<World.Part> parts(Map<?, ?> object) {
    return object.get("parts") instanceof List<?> parts ? parts.stream().map(p -> part((Map<?, ?>) p)).toList() : List.of();
  }

  private static World.Part part(Map<?, ?> object) {
    Shape shape = new Shape(Stream.of(((String) object.get("shape")).split("x")).map(Integer::valueOf).toList());
    Field field = new Field((String) object.get("name"), shape, Integer.parseInt((String) object.get("of")), "true".equals(object.get("padded")));
    return new World.Part(
        field, Boolean.parseBoolean((String) object.get("learned")),
        object.containsKey("mean") ? Optional.of(new Normalization(numbers(object, "mean"), numbers(object, "std"))) : Optional.empty(),
        object.get("vocabulary") instanceof Map<?, ?> vocabulary ? Optional.of(vocabulary(vocabulary)) : Optional.empty());
  }

  private static World.Output output(Map<?, ?> object) {
    return switch ((String) object.get("output")) {
      case "classes" -> new World.Output.Classes(texts(object, "classes"));
      case "places" -> new World.Output.Classes(texts(object, "classes"), true);
      case "embedding" -> new World.Output.Embedding();
      case "examples" -> new World.Output.Examples(new Normalization(numbers(object, "scale.mean"), numbers(object, "scale.std")));
      case "numbers" -> new World.Output.Numbers(
          texts(object, "names"),
          object.containsKey("unit.mean") ? Optional.of(new Normalization(numbers(object, "unit.mean"), numbers(object, "unit.std"))) : Optional.empty());
      default -> throw new IllegalArgumentException("output " + object.get("output"));
    };
  }

  private static List<String> texts(Map<?, ?> object, String name) {
    return ((List<?>) object.get(name)).stream().map(String.class::cast).toList();
  }

  private static float[] numbers(Map<?, ?> object, String name) {
    List<String> texts = texts(object, name);
    float[] numbers = new float[texts.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.parseFloat(texts.get(i));
    }
    return numbers;
  }
}
