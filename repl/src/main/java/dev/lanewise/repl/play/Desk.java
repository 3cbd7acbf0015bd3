package dev.lanewise.repl.play;

import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exchange.Exporter;
import dev.lanewise.dsl.glass.Glass;
import dev.lanewise.dsl.glass.Glimpse;
import dev.lanewise.dsl.glass.Plane;
import dev.lanewise.dsl.glass.Walkthrough;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.parse.Layout;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.session.Checkup;
import dev.lanewise.dsl.typing.Completions;
import dev.lanewise.repl.tutorial.Course;
import dev.lanewise.runtime.file.JsonWriter;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Meets the wishes of a page, one after the other as they come. */
final class Desk {
  private static final String DONE = "{}";
  private static final int MOST_TEXT = 1 << 20;
  private static final int OPSET = 21;

  private final Pages pages;
  private final Shelf shelf;
  private final Player player;

  Desk(Pages pages, Player player) {
    this.pages = pages;
    this.shelf = pages.shelf();
    this.player = player;
  }

  /** @return JSON @throws Refusal if it cannot be met */
  String answer(Wish wish) {
    return switch (wish.text("do")) {
      case "files" -> files();
      case "open" -> open(wish);
      case "check" -> check(wish);
      case "complete" -> complete(wish.text("before"));
      case "format" -> new JsonWriter().beginObject().name("text").value(format(source(wish))).endObject().toString();
      case "run" -> run(wish);
      case "train" -> done(player::train);
      case "go" -> done(player::train);
      case "pause" -> done(player::pause);
      case "step" -> done(player::step);
      case "stop" -> done(player::stop);
      case "rate" -> done(() -> player.rate(wish.number("value")));
      case "batch" -> done(() -> player.batch(wish.whole("value")));
      case "show" -> player.viewer().show(through -> view(through, wish));
      case "example" -> player.viewer().looked(through -> Sight.example(example(through, wish), through.count()));
      case "layers" -> player.viewer().walked(walkthrough -> Sight.rows(walkthrough.rows()));
      case "value" -> value(wish);
      case "weights" -> player.viewer().looked(through -> through.weights(wish.text("layer")).map(w -> Sight.numbers(wish.text("layer"), w.shape().dims(), w.values()))
          .orElseThrow(() -> Refusal.of("this layer has no weights", "")));
      case "look" -> look(wish.text("method"));
      case "attack" -> player.viewer().show(through -> {
        Viewer.View now = player.viewer().view();
        return new Viewer.View(through.attacked(base(through, wish), wish.number("eps")), now.layers(), now.isBack());
      });
      case "plane" -> player.viewer().looked(Desk::plane);
      case "left" -> left();
      case "end" -> done(() -> pages.end(wish.text("page")));
      case "lessons" -> Course.json(player.language());
      case "lesson" -> player.judged(lesson(wish));
      default -> throw Refusal.of("there is no wish `" + wish.text("do") + "`", "");
    };
  }

  private static int lesson(Wish wish) {
    int number = wish.whole("number");
    if (number < 1 || number > Course.steps()) {
      throw Refusal.of("there are " + Course.steps() + " lessons", "");
    }
    return number;
  }

  private static String done(Runnable work) {
    work.run();
    return DONE;
  }

  private String files() {
    JsonWriter json = new JsonWriter().beginObject().name("samples").beginArray();
    for (String name : shelf.sampleNames()) {
      json.beginObject().name("name").value(name).name("title").value(shelf.title(name)).endObject();
    }
    json.endArray().name("own").beginArray();
    shelf.own().forEach(json::value);
    return json.endArray().endObject().toString();
  }

  private String left() {
    JsonWriter json = new JsonWriter().beginObject().name("left").beginArray();
    pages.left().forEach((page, name) -> json.beginObject().name("page").value(page).name("name").value(name).endObject());
    return json.endArray().endObject().toString();
  }

  private Source source(Wish wish) {
    String text = wish.text("text");
    if (text.length() > MOST_TEXT) {
      throw Refusal.of("a script of more than a million letters is too long for this page", "");
    }
    return shelf.source(wish.optionalText("name").orElse(player.name()), text);
  }

  private String open(Wish wish) {
    Source script = wish.has("text") ? source(wish) : shelf.open(wish.text("name"));
    String name = wish.text("name");
    if (player.isWorking()) {
      player.stop();
    }
    player.take(script, name);
    return new JsonWriter().beginObject().name("name").value(name).name("text").value(script.text()).endObject().toString();
  }

  /** A script without mistakes is taken, unless something is at work; not one that the page was told, for a slider may have changed it meanwhile. */
  private String check(Wish wish) {
    Source script = source(wish);
    Checkup found = Checkup.of(script);
    if (!wish.flag("told") && !found.hasErrors() && !player.isWorking() && !script.text().equals(player.source().text())) {
      player.take(script, player.name());
    }
    return Checks.of(script, found, player.phrases());
  }

  private String complete(String before) {
    String word = Completions.word(before);
    JsonWriter json = new JsonWriter().beginObject().name("from").value(before.length() - word.length()).name("items").beginArray();
    for (Completions.Completion each : player.completions(before)) {
      json.beginObject().name("text").value(each.text()).name("help").value(player.phrases().say(each.help())).endObject();
    }
    return json.endArray().name("tip").value(player.tip(before)).endObject().toString();
  }

  private static String format(Source source) {
    return ScriptParser.parse(source).diagnostics().isEmpty() ? Layout.of(source.text()) : source.text();
  }

  private String run(Wish wish) {
    Source script = wish.has("text") ? source(wish) : player.source();
    player.run(script, player.name());
    return DONE;
  }

  private static Glimpse.Shown example(Glass through, Wish wish) {
    if (through.count() == 0) {
      throw Refusal.of("the script has no examples for this network", "");
    }
    int index = wish.flag("random") ? ThreadLocalRandom.current().nextInt(through.count()) : wish.whole("index");
    if (index < 0 || index >= through.count()) {
      throw Refusal.of("there are examples 0 to " + (through.count() - 1), "");
    }
    return through.example(index);
  }

  /** What the wish names, or else what is shown. */
  private Glimpse.Shown base(Glass through, Wish wish) {
    if (wish.optionalInside("example").isEmpty()) {
      return player.viewer().view().example();
    }
    Wish example = wish.inside("example");
    return example.has("pixels") ? through.own(Halves.values(example.inside("pixels").text("f16"), through.trained().net().input().size())) : example(through, example);
  }

  private Viewer.View view(Glass through, Wish wish) {
    Map<String, String> layers = new LinkedHashMap<>();
    wish.inside("chips").parts().forEach((column, layer) -> layers.put(column.toString(), String.valueOf(layer)));
    return new Viewer.View(base(through, wish), layers, wish.text("direction").equals("backward"));
  }

  private String value(Wish wish) {
    String layer = wish.text("layer");
    List<Integer> at = wish.wholes("at");
    record Asked(Walkthrough walkthrough, int element, double computed) {}
    Asked asked = player.viewer().looked(through -> {
      Glimpse.Shown example = player.viewer().view().example();
      int element = element(through, layer, at);
      return new Asked(through.walkthrough(example), element, through.computed(example, layer, element));
    });
    return player.viewer().walked(asked.walkthrough(), w -> w.story(layer, asked.element()).map(s -> Sight.story(s, asked.computed(), Window.of(s), player.phrases()::say))
        .orElseThrow(() -> Refusal.of("nothing is left of `" + layer + "` while a network is tested", "")));
  }

  private static int element(Glass through, String layer, List<Integer> at) {
    Shape shape = through.shape(layer).orElseThrow(() -> Refusal.of("there is no number of `" + layer + "`", ""));
    if (at.size() != shape.rank()) {
      throw Refusal.of("a number of `" + layer + "` has " + shape.rank() + " places, for it is " + shape, "");
    }
    int element = 0;
    for (int axis = 0; axis < at.size(); axis++) {
      if (at.get(axis) < 0 || at.get(axis) >= shape.dim(axis)) {
        throw Refusal.of("`" + layer + "` is " + shape + ": it has no number at " + at, "");
      }
      element = element * shape.dim(axis) + at.get(axis);
    }
    return element;
  }

  private String look(String method) {
    return player.viewer().looked(through -> {
      Glimpse.Shown example = player.viewer().view().example();
      Optional<Glimpse.Numbers> map = switch (method) {
        case "saliency" -> through.saliency(example);
        case "grad_cam" -> through.gradCam(example);
        default -> throw Refusal.of("one looks with saliency or grad_cam", "");
      };
      return map.map(m -> Sight.numbers(method, m.shape().dims(), m.values()))
          .orElseThrow(() -> Refusal.of(method.equals("saliency") ? "the network says no class" : "there is no layer of maps at which a class could be looked for", ""));
    });
  }

  private static String plane(Glass through) {
    if (!through.isPlane()) {
      throw Refusal.of("the examples are no points of a plane", "");
    }
    Plane.Sides sides = through.plane().sides();
    JsonWriter json = new JsonWriter().beginObject().name("left").value(sides.left()).name("right").value(sides.right()).name("bottom").value(sides.bottom()).name("top").value(sides.top()).name("points").beginArray();
    for (double[] point : through.plane().points()) {
      json.beginArray();
      for (double number : point) {
        json.value(number);
      }
      json.endArray();
    }
    return json.endArray().endObject().toString();
  }

  /** @param phrases in which it is told */
  static String refused(Refusal refusal, Phrases phrases) {
    return new JsonWriter().beginObject().name("error").value(phrases.say(refusal.getMessage())).name("remedy").value(phrases.say(refusal.remedy())).endObject().toString();
  }

  /** An image of somebody's own as the network is shown it. @param file its bytes */
  String image(byte[] file) {
    return player.viewer().looked(through -> {
      Path copy = null;
      try {
        copy = Files.createTempFile("lanewise", ".image");
        Files.write(copy, file);
        Glimpse.Shown shown = through.own(copy);
        return Sight.example(shown, through.count());
      } catch (IOException e) {
        throw Refusal.of("this is no image that can be read: " + Reasons.of(e), "PNG, JPEG, GIF, BMP and WebP can");
      } finally {
        delete(copy);
      }
    });
  }

  private static void delete(Path copy) {
    try {
      if (copy != null) {
        Files.deleteIfExists(copy);
      }
    } catch (IOException left) {
      // The system clears such folders.
    }
  }

  /** A file to take along. */
  record Parcel(String name, byte[] bytes) {}

  /** @param what script, weights, onnx or report */
  Parcel parcel(String what) {
    String name = Path.of(player.name().isEmpty() ? "play.net" : player.name()).getFileName().toString().replaceFirst("\\.net$", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return switch (what) {
      case "script" -> new Parcel(name + ".net", player.source().text().getBytes(StandardCharsets.UTF_8));
      case "weights" -> new Parcel(name + ".safetensors", player.viewer().looked(through -> written(".safetensors", path -> through.trained().save(path))));
      case "report" -> new Parcel(name + ".html", written(".html", player::report));
      case "onnx" -> new Parcel(name + ".onnx", player.viewer().looked(through -> written(".onnx", path -> exporter().write(through.trained(), new Exporter.Form(OPSET, false), path))));
      default -> throw new Refusal(404, "script, weights, onnx and report can be taken along", "");
    };
  }

  private static Exporter exporter() {
    return Exporter.named("net.onnx").orElseThrow(() -> Refusal.of("what writes ONNX is not there", ""));
  }

  private interface Writer {
    void write(Path path) throws IOException;
  }

  private static byte[] written(String ending, Writer writer) {
    Path copy = null;
    try {
      copy = Files.createTempFile("lanewise", ending);
      Files.delete(copy);
      writer.write(copy);
      return Files.readAllBytes(copy);
    } catch (IOException e) {
      throw new Refusal(500, "the file cannot be written: " + Reasons.of(e), "");
    } finally {
      delete(copy);
    }
  }
}
