package dev.lanewise.runtime.data.sound;

import dev.lanewise.runtime.data.sound.Features.Bands;
import dev.lanewise.runtime.file.JsonWriter;
import java.util.Locale;
import java.util.Map;

/** A {@link SoundForm} as JSON, as files of parameters keep it. Numbers are texts there, so that they come back bit by bit. */
public final class SoundText {
  private SoundText() {}

  public static void write(JsonWriter json, SoundForm form) {
    json.beginObject().name("rate").value(Integer.toString(form.rate())).name("samples").value(Integer.toString(form.samples()))
        .name("cut").value(form.cut().name().toLowerCase(Locale.ROOT));
    switch (form.features()) {
      case Features.Wave() -> json.name("features").value("wave");
      case Features.Mel(Bands bands, boolean sequence) -> bands(json.name("features").value("mel").name("sequence").value(Boolean.toString(sequence)), bands);
      case Features.Mfcc(int count, Bands bands) -> bands(json.name("features").value("mfcc").name("count").value(Integer.toString(count)), bands);
    }
    json.endObject();
  }

  private static void bands(JsonWriter json, Bands b) {
    json.name("bands").value(Integer.toString(b.count())).name("window").value(Double.toString(b.window())).name("hop").value(Double.toString(b.hop()))
        .name("low").value(Double.toString(b.low())).name("high").value(Double.toString(b.high())).name("htk").value(Boolean.toString(b.htk()))
        .name("range").value(Double.toString(b.range()));
  }

  /** @throws IllegalArgumentException if it is none that {@link #write} writes; so {@link NullPointerException} and {@link ClassCastException} */
  public static SoundForm read(Map<?, ?> object) {
    Features features = switch (text(object, "features")) {
      case "wave" -> new Features.Wave();
      case "mel" -> new Features.Mel(bands(object), Boolean.parseBoolean(text(object, "sequence")));
      case "mfcc" -> new Features.Mfcc(Integer.parseInt(text(object, "count")), bands(object));
      default -> throw new IllegalArgumentException("features " + object.get("features"));
    };
    SoundForm form = new SoundForm(
        Integer.parseInt(text(object, "rate")), Integer.parseInt(text(object, "samples")), Cut.valueOf(text(object, "cut").toUpperCase(Locale.ROOT)), features);
    if (form.rate() < 1 || form.samples() < 1 || form.unfit().isPresent()) {
      throw new IllegalArgumentException("sounds " + object);
    }
    return form;
  }

  private static Bands bands(Map<?, ?> object) {
    return new Bands(
        Integer.parseInt(text(object, "bands")), number(object, "window"), number(object, "hop"), number(object, "low"), number(object, "high"),
        Boolean.parseBoolean(text(object, "htk")), number(object, "range"));
  }

  private static double number(Map<?, ?> object, String name) {
    return Double.parseDouble(text(object, name));
  }

  private static String text(Map<?, ?> object, String name) {
    return (String) object.get(name);
  }
}
