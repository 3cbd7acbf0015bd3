package dev.lanewise.runtime.data.format.sound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What kinds of sounds there are: those that are read, and those that are told by name. */
enum SoundKind {
  WAV(true, "wav", "wave"),
  AIFF(true, "aif", "aiff", "aifc"),
  AU(true, "au", "snd"),
  MP3(false, "mp3"),
  OGG(false, "ogg", "oga", "opus"),
  FLAC(false, "flac"),
  MPEG4(false, "m4a", "mp4", "aac"),
  WMA(false, "wma");

  private static final int HEAD = 12;
  /** How MP3 begins where it has no title: eleven bits. */
  private static final int SYNC = 0xffe0;
  private static final int[] ASF = {0x30, 0x26, 0xb2, 0x75};

  private final boolean read;
  private final List<String> endings;

  SoundKind(boolean read, String... endings) {
    this.read = read;
    this.endings = List.of(endings);
  }

  boolean isRead() {
    return read;
  }

  /** By its ending; empty if that is none of a sound. */
  static Optional<SoundKind> named(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(k -> k.endings.contains(name.substring(name.lastIndexOf('.') + 1))).findFirst();
  }

  /** By its ending, or, where it has none, by its first bytes; empty if it is no sound. */
  static Optional<SoundKind> meant(Path file) throws IOException {
    return file.getFileName().toString().contains(".") ? named(file) : found(file);
  }

  /** By its first bytes. */
  static Optional<SoundKind> found(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    return Optional.ofNullable(head.length < HEAD ? null : of(head, new String(head, StandardCharsets.ISO_8859_1)));
  }

  private static SoundKind of(byte[] head, String text) {
    int first = (head[0] & 255) << 8 | head[1] & 255;
    if (text.startsWith("RIFF") && text.endsWith("WAVE")) {
      return WAV;
    }
    if (text.startsWith("FORM") && text.startsWith("AIF", 8)) {
      return AIFF;
    }
    if (text.startsWith("ftyp", 4)) {
      return MPEG4;
    }
    if (head[0] == (byte) ASF[0] && head[1] == ASF[1] && head[2] == (byte) ASF[2] && head[3] == ASF[3]) {
      return WMA;
    }
    return text.startsWith(".snd") ? AU : text.startsWith("OggS") ? OGG : text.startsWith("fLaC") ? FLAC
        : text.startsWith("ID3") || (first & SYNC) == SYNC ? MP3 : null;
  }
}
