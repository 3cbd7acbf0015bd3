package dev.lanewise.dsl.check.data;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.runtime.data.sound.Cut;
import dev.lanewise.runtime.data.sound.Features;
import dev.lanewise.runtime.data.source.SoundFolder;
import dev.lanewise.runtime.data.source.SoundNames;
import dev.lanewise.runtime.data.source.Tones;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Argument.Type;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sounds: those of a folder, and made ones. */
final class SoundCalls {
  private static final int LEAST_RATE = 1_000;
  private static final int MOST_RATE = 192_000;
  private static final int MOST_SECONDS = 600;
  private static final int MOST_TONES = 100_000;

  private static final Argument FEATURES =
      optional("features", Type.FEATURES, new Features.Wave(), "what a network is given: `wave`, the samples; `mel(40)`, a picture of time and pitch; `mfcc(13)`, a sequence");

  static final Signature AUDIO =
      Signature.of(
          "audio", "a folder of sounds (WAV, AIFF, AU), with a subfolder for each class, or with the class in the files' names",
          required("folder", Type.TEXT, "its name"),
          optional("rate", Type.INTEGER, 0, "samples of a second, to which others are resampled; 0 means as many as the first sound has"),
          optional("seconds", Type.NUMBER, 1.0, "of each sound; shorter ones get silence"),
          FEATURES,
          optional("cut", Type.STRETCH, "begin", "which part of a longer sound is heard: its `begin`, its `middle`, or its `loudest` part"),
          optional("names", Type.TEXT, "", "what the files' names tell, such as \"{class}_{speaker}_{take}\"; without it the class stands before the first sign _ or - or space"),
          optional("group", Type.NAMES, List.of(), "a word of names, or several: what has it alike stays together where examples are set apart, or are cut into folds"),
          optional("test", Type.TEXT, "", "another such folder, to test on, or a pattern of names: \"*_jackson_*\""));

  static final Signature TONES =
      Signature.of(
          "tones", "sounds as of voices, made up: five vowels, and glides from one to another; a second of each, with 8,000 samples",
          optional("count", Type.INTEGER, 1_000, "sounds to train on; a fifth as many again are there to test on"),
          optional("noise", Type.NUMBER, 0.05, "its deviation, where a voice's loudest sample is 1"),
          FEATURES);

  private SoundCalls() {}

  static Origin audio(Arguments a, Places places) {
    int rate = a.integer("rate");
    double seconds = a.number("seconds");
    if (rate != 0 && (rate < LEAST_RATE || rate > MOST_RATE)) {
      throw new IllegalArgumentException("rate must be between 1,000 and 192,000 samples a second, not " + rate);
    }
    if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
      throw new IllegalArgumentException("seconds must be above 0, and at most " + MOST_SECONDS + ", not " + seconds);
    }
    Optional<SoundNames> names = a.text("names").isEmpty() ? Optional.empty() : Optional.of(SoundNames.of(a.text("names")));
    List<String> group = a.texts("group");
    List<String> known = names.map(SoundNames::fields).orElse(List.of());
    group.stream().filter(g -> !known.contains(g)).findFirst().ifPresent(g -> {
      throw new IllegalArgumentException(
          "group: " + (known.isEmpty() ? "say what the files' names tell, names = \"{class}_{" + g + "}_{take}\"" : "`names` has no {" + g + "}, but {" + String.join("}, {", known) + "}"));
    });
    String test = a.text("test");
    boolean pattern = SoundFolder.isPattern(test);
    Path folder = places.data(a.text("folder"));
    SoundFolder.Place place = new SoundFolder.Place(folder, pattern ? Optional.empty() : places.optionalData(test), pattern ? test : "", names, group);
    SoundFolder.Wish wish = new SoundFolder.Wish(rate, seconds, Cut.valueOf(a.text("cut").toUpperCase(Locale.ROOT)), (Features) a.value("features"));
    try {
      return new Origin.Files("audio", SoundFolder.open(place, wish));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Origin tones(Arguments a, Places places) {
    if (a.integer("count") > MOST_TONES) {
      throw new IllegalArgumentException("count must be between 10 and 100,000, not " + a.integer("count"));
    }
    return new Origin.Tones(new Tones(a.integer("count"), a.number("noise"), (Features) a.value("features")));
  }
}
