package dev.lanewise.runtime.data.format.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sounds that libsndfile wrote, and what it reads: see sounds.py. */
class SoundFileTest {
  private static final Path SOUNDS = Path.of("src/test/resources/dev/lanewise/runtime/data/sound");

  @TempDir Path folder;

  static List<String> few() throws IOException {
    return Files.readAllLines(SOUNDS.resolve("few.txt"));
  }

  @ParameterizedTest
  @MethodSource("few")
  void soundsAreReadAsLibsndfileReadsThem(String line) throws IOException {
    String[] words = line.split(" ");
    Sound sound = SoundFile.read(SOUNDS.resolve(words[0]));
    assertThat(sound.rate()).isEqualTo(8_000);
    assertThat(sound.samples()).hasSize(words.length - 1);
    assertThat(sound.seconds()).isEqualTo(0.0125);
    for (int i = 0; i < sound.samples().length; i++) {
      assertThat(sound.samples()[i]).as("%s, sample %d", words[0], i).isCloseTo(Float.parseFloat(words[1 + i]), within(1e-7f));
    }
  }

  private Path put(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void whatIsNoSoundIsTold() throws IOException {
    assertThatThrownBy(() -> SoundFile.read(SOUNDS.resolve("packed.flac"))).isInstanceOf(IOException.class)
        .hasMessageContaining("this is FLAC, and WAV is read: make it one, for example by `ffmpeg -i packed.flac sound.wav`");
    assertThatThrownBy(() -> SoundFile.read(SOUNDS.resolve("adpcm.wav"))).isInstanceOf(IOException.class)
        .hasMessageContaining("this is WAV, but packed in a way that is not read");
    Path text = put("a.wav", "this is no sound at all".getBytes());
    assertThatThrownBy(() -> SoundFile.read(text)).isInstanceOf(IOException.class).hasMessageContaining("this is no sound: expected WAV");
    Path mp3 = put("b.wav", Arrays.copyOf("ID3".getBytes(), 100));
    assertThatThrownBy(() -> SoundFile.read(mp3)).isInstanceOf(IOException.class).hasMessageContaining("this is MP3, and WAV is read");
    byte[] whole = Files.readAllBytes(SOUNDS.resolve("s16.wav"));
    Path cut = put("c.wav", Arrays.copyOf(whole, 150));
    assertThatThrownBy(() -> SoundFile.read(cut)).isInstanceOf(IOException.class).hasMessageContaining("it should have 100 samples, and ends after 53: it has been cut off");
    Path empty = put("d.wav", Arrays.copyOf(whole, 44));
    assertThatThrownBy(() -> SoundFile.read(empty)).isInstanceOf(IOException.class).hasMessageContaining("d.wav");
    byte[] nan = Files.readAllBytes(SOUNDS.resolve("f32.wav"));
    nan[nan.length - 1] = 0x7f;
    nan[nan.length - 2] = (byte) 0xc0;
    Path strange = put("e.wav", nan);
    assertThatThrownBy(() -> SoundFile.read(strange)).isInstanceOf(IOException.class).hasMessageContaining("sample 99 is NaN, and no number");
  }

  /** What a program writes to a pipe: it does not know how long the sound will be. */
  @Test
  void aSoundOfUnknownLengthIsReadToItsEnd() throws IOException {
    byte[] bytes = Files.readAllBytes(SOUNDS.resolve("s16.wav"));
    for (int at : new int[] {4, 40}) {
      Arrays.fill(bytes, at, at + 4, (byte) 0xff);
    }
    assertThat(SoundFile.read(put("pipe.wav", bytes)).samples()).containsExactly(SoundFile.read(SOUNDS.resolve("s16.wav")).samples());
  }

  /** Whatever is in a file: it is read, or told. */
  @Test
  void damagedFilesAreTold() throws IOException {
    Random random = new Random(1);
    int told = 0;
    for (String name : new String[] {"s16.wav", "f32.wav", "extensible.wav", "s16.aiff", "s24.au", "ulaw.wav"}) {
      byte[] whole = Files.readAllBytes(SOUNDS.resolve(name));
      for (int i = 0; i < 150; i++) {
        byte[] damaged = Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
        for (int k = 0; k < 1 + i % 4 && damaged.length > 0; k++) {
          damaged[random.nextInt(Math.min(damaged.length, 64))] = (byte) random.nextInt();
        }
        Path file = put(i + name, damaged);
        try {
          assertThat(SoundFile.read(file).samples()).isNotEmpty();
        } catch (IOException e) {
          assertThat(e.getMessage()).contains(file.toString());
          told++;
        }
      }
    }
    assertThat(told).isGreaterThan(100);
  }
}
