package dev.lanewise.runtime.data.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.format.sound.Sound;
import dev.lanewise.runtime.data.format.sound.SoundFile;
import dev.lanewise.runtime.data.sound.Features.Bands;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What librosa makes of a sound: see sounds.py. */
class EarTest {
  private static final Path SOUNDS = Path.of("src/test/resources/dev/lanewise/runtime/data/sound");
  private static final int RATE = 8_000;
  private static final Bands PLAIN = new Bands(40, 32, 10, 0, 0, false, 80);

  static List<String> librosa() throws IOException {
    return Files.readAllLines(SOUNDS.resolve("librosa.txt"));
  }

  @ParameterizedTest
  @MethodSource("librosa")
  void itHearsWhatLibrosaHears(String line) throws IOException {
    String[] words = line.split(" ");
    Bands bands = new Bands(
        Integer.parseInt(words[1]), milliseconds(words[2]), milliseconds(words[3]), Double.parseDouble(words[4]), Double.parseDouble(words[5]),
        Boolean.parseBoolean(words[6]), Double.parseDouble(words[7]));
    boolean mel = words[0].equals("mel");
    Sound sound = SoundFile.read(SOUNDS.resolve("glide.wav"));
    SoundForm form = new SoundForm(RATE, sound.samples().length, Cut.BEGIN, mel ? new Features.Mel(bands, true) : new Features.Mfcc(13, bands));
    float[] heard = new Ear(form).example(sound);
    assertThat(heard).hasSize(form.shape().size()).hasSize(words.length - 8);
    for (int i = 0; i < heard.length; i++) {
      assertThat(heard[i]).as("%s, value %d", words[0], i).isCloseTo(Float.parseFloat(words[8 + i]), within(mel ? 2e-6f : 1e-4f));
    }
  }

  private static double milliseconds(String samples) {
    return 1_000.0 * Integer.parseInt(samples) / RATE;
  }

  private static float[] tone(double hertz, int rate, int samples) {
    float[] tone = new float[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return tone;
  }

  @Test
  void aToneIsBrightInItsBand() {
    Ear ear = new Ear(new SoundForm(RATE, RATE, Cut.BEGIN, new Features.Mel(PLAIN, false)));
    double[] middles = PLAIN.middles(RATE);
    assertThat(ear.form().shape()).isEqualTo(Shape.of(1, 40, 101));
    for (int band : new int[] {3, 17, 38}) {
      float[] picture = ear.example(new Sound(tone(middles[band], RATE, RATE), RATE));
      int brightest = 0;
      for (int b = 0; b < 40; b++) {
        brightest = picture[b * 101 + 50] > picture[brightest * 101 + 50] ? b : brightest;
      }
      assertThat(39 - brightest).as("the highest pitch is at the top").isEqualTo(band);
    }
  }

  @Test
  void howLoudASoundIsAltogetherIsNotSeen() {
    float[] sound = tone(700, RATE, 3_000);
    float[] softer = sound.clone();
    for (int i = 0; i < softer.length; i++) {
      softer[i] *= 0.125f;
    }
    Ear ear = new Ear(new SoundForm(RATE, 4_000, Cut.MIDDLE, new Features.Mel(PLAIN, true)));
    assertThat(ear.form().shape()).isEqualTo(Shape.of(40, 51));
    float[] loud = ear.example(new Sound(sound, RATE));
    float[] soft = ear.example(new Sound(softer, RATE));
    for (int i = 0; i < loud.length; i++) {
      assertThat(soft[i]).isCloseTo(loud[i], within(1e-5f)).isBetween(0f, 1f);
    }
  }

  @Test
  void silenceIsBlack() {
    assertThat(new Ear(new SoundForm(RATE, 4_000, Cut.BEGIN, new Features.Mel(PLAIN, false))).example(new Sound(new float[100], RATE))).containsOnly(0);
  }

  /** Up to 91 % of what the lower rate can hold a tone stays what it was; what it cannot hold is gone. */
  @ParameterizedTest
  @CsvSource({"44100, 8000", "16000, 8000", "8000, 16000", "22050, 16000", "48000, 44100", "11025, 8000", "44101, 8000"})
  void tonesStayAtAnotherRate(int from, int to) {
    double highest = Math.min(from, to) / 2.0;
    for (double share : new double[] {0.02, 0.3, 0.9}) {
      float[] expected = tone(share * highest, to, to / 2);
      float[] heard = new Resampling(from, to).of(tone(share * highest, from, from / 2));
      assertThat(heard.length).isBetween(to / 2 - 1, to / 2 + 1);
      for (int i = heard.length / 4; i < 3 * heard.length / 4; i++) {
        assertThat(heard[i]).as("%.0f Hz, sample %d", share * highest, i).isCloseTo(expected[i], within(1e-4f));
      }
    }
    if (from > 1.3 * to) {
      float[] gone = new Resampling(from, to).of(tone(1.05 * highest, from, from / 2));
      for (int i = gone.length / 4; i < 3 * gone.length / 4; i++) {
        assertThat(gone[i]).isCloseTo(0, within(1e-4f));
      }
    }
  }

  @Test
  void theSameRateChangesNothing() {
    float[] sound = tone(440, RATE, 100);
    assertThat(new Resampling(RATE, RATE).of(sound)).isSameAs(sound);
  }

  @Test
  void soundsAreCutAndFilled() {
    float[] three = {1, 2, 3};
    assertThat(Cut.BEGIN.of(three, 5)).containsExactly(1, 2, 3, 0, 0);
    assertThat(Cut.MIDDLE.of(three, 5)).containsExactly(0, 1, 2, 3, 0);
    assertThat(Cut.LOUDEST.of(three, 5)).containsExactly(1, 2, 3, 0, 0);
    float[] six = {1, 5, -4, 0, 2, 3};
    assertThat(Cut.BEGIN.of(six, 2)).containsExactly(1, 5);
    assertThat(Cut.MIDDLE.of(six, 2)).containsExactly(-4, 0);
    assertThat(Cut.LOUDEST.of(six, 2)).containsExactly(5, -4);
    assertThat(Cut.LOUDEST.of(six, 3)).containsExactly(1, 5, -4);
    assertThat(Cut.BEGIN.of(six, 6)).containsExactly(six);
  }

  @Test
  void whatCannotBeHeardIsSaid() {
    assertThatThrownBy(() -> new Ear(new SoundForm(RATE, RATE, Cut.BEGIN, new Features.Mel(new Bands(128, 16, 10, 0, 0, false, 80), false))))
        .hasMessage("band 1 of 128, about 18 Hz, is narrower than what a window of 16 ms tells apart: take a longer window, or fewer bands");
    assertThatThrownBy(() -> new Ear(new SoundForm(RATE, RATE, Cut.BEGIN, new Features.Mel(new Bands(20, 32, 10, 0, 8_000, false, 80), false))))
        .hasMessage("bands from 0 to 8000 Hz: at 8000 samples a second there is nothing above 4000 Hz");
    assertThatThrownBy(() -> new Ear(new SoundForm(RATE, 100, Cut.BEGIN, new Features.Mel(PLAIN, false))))
        .hasMessage("a window of 32 ms is longer than the sounds: take a shorter one");
    assertThatThrownBy(() -> new Ear(new SoundForm(RATE, RATE, Cut.BEGIN, new Features.Mfcc(41, PLAIN))))
        .hasMessage("41 coefficients cannot be had from 40 bands: take more bands, or fewer coefficients");
    assertThatThrownBy(() -> new Ear(new SoundForm(RATE, RATE, Cut.BEGIN, new Features.Mel(new Bands(20, 32, 0.01, 0, 0, false, 80), false))))
        .hasMessage("a window of 32 ms, every 0.01 ms, has no samples at 8000 a second: take longer ones");
  }
}
