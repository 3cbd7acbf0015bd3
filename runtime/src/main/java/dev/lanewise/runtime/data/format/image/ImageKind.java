package dev.lanewise.runtime.data.format.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file is by its first bytes, whatever it is called: a kind of image that is read, one that is not, which is told
 * by name, or what often stands in an image's place.
 */
enum ImageKind {
  PNG("a PNG image", "\u0089PNG\r\n"),
  JPEG("a JPEG image", "\u00ff\u00d8\u00ff"),
  GIF("a GIF image", "GIF8"),
  BMP("a BMP image", "BM????\0\0\0\0"),
  TIFF("a TIFF image", "II*\0", "MM\0*"),
  WEBP("a WebP image", "RIFF????WEBP"),
  PNM("a PBM, PGM or PPM image"),
  /** It has no first bytes of its own. */
  WBMP("a WBMP image"),

  HEIC("a HEIC image", "????ftyphei", "????ftyphev", "????ftypmif1", "????ftypmsf1"),
  AVIF("an AVIF image", "????ftypavi"),
  JPEG_XL("a JPEG XL image", "\u00ff\n", "\0\0\0\fJXL "),
  JPEG_2000("a JPEG 2000 image", "\0\0\0\fjP  ", "\u00ffO\u00ffQ"),
  BIG_TIFF("a BigTIFF image", "II+\0", "MM\0+"),
  PSD("a Photoshop image", "8BPS"),
  OPEN_EXR("an OpenEXR image", "v/1\u0001"),
  RADIANCE("a Radiance image", "#?RADIANCE"),
  DDS("a DDS image", "DDS "),
  QOI("a QOI image", "qoif"),
  ICO("an icon (ICO)", "\0\0\u0001\0"),
  SVG("an SVG drawing", "<svg"),

  PDF("a PDF document", "%PDF"),
  HTML("a web page, not an image: download the image itself", "<!doctype html", "<!DOCTYPE html", "<!DOCTYPE HTML", "<html"),
  LFS("a pointer of Git LFS, not an image: `git lfs pull` fetches the image", "version https://git-lfs");

  static final int HEAD = 1_024;

  private static final List<String> ENDINGS =
      List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".wbmp", ".tif", ".tiff", ".webp", ".pbm", ".pgm", ".ppm", ".pnm");

  private final String told;
  private final List<String> begins;

  ImageKind(String told, String... begins) {
    this.told = told;
    this.begins = List.of(begins);
  }

  /**
   * Whether somebody who puts this file in a folder of images means an image: by its ending, or by its first bytes. Notes
   * and tables beside images are not.
   */
  static boolean isMeant(Path file) throws IOException {
    return named(file) || of(head(file)).filter(k -> k.compareTo(SVG) <= 0).isPresent();
  }

  /**
   * What a file is.
   *
   * @throws IOException saying what it is if it is nothing that is read
   */
  static ImageKind readable(Path file) throws IOException {
    byte[] head = head(file);
    Optional<ImageKind> kind = of(head);
    if (kind.isEmpty() && file.toString().toLowerCase(Locale.ROOT).endsWith(".wbmp")) {
      return WBMP;
    }
    if (head.length == 0) {
      throw new IOException(file + ": offset 0: the file is empty");
    }
    if (kind.isEmpty()) {
      throw new IOException(
          file + ": offset 0: not an image of a known format (png, jpeg, gif, bmp, tiff, webp, pgm): convert it to PNG");
    }
    if (kind.get().compareTo(WBMP) > 0) {
      throw new IOException(file + ": offset 0: " + kind.get().told + (kind.get().compareTo(HTML) < 0 ? ": convert it to PNG" : ""));
    }
    return kind.get();
  }

  private static boolean named(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    }
  }

  /** By the first bytes alone. */
  static Optional<ImageKind> of(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.matches("(?s)P[1-6]\\s+[#0-9].*")) {
      return Optional.of(PNM);
    }
    String markup = text.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading();
    Optional<ImageKind> kind = Arrays.stream(values())
        .filter(k -> k.begins.stream().anyMatch(b -> matches(b.startsWith("<") ? markup : text, b))).findFirst();
    // Before the drawing there may be a declaration and comments.
    return kind.isEmpty() && markup.startsWith("<") && markup.contains("<svg") ? Optional.of(SVG) : kind;
  }

  private static boolean matches(String text, String begin) {
    boolean same = text.length() >= begin.length();
    for (int i = 0; i < begin.length() && same; i++) {
      // A question mark is any byte; that of Radiance is one as well.
      same = begin.charAt(i) == '?' || begin.charAt(i) == text.charAt(i);
    }
    return same;
  }
}
