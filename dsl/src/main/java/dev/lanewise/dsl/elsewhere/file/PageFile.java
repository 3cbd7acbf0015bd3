package dev.lanewise.dsl.elsewhere.file;

import java.util.Locale;
import java.util.Optional;

/** A web page, as it comes in place of the file that its link is about. */
final class PageFile implements OtherFile.Reader {
  @Override
  public Optional<OtherFile> read(String text) {
    String begin = text.stripLeading().substring(0, Math.min(20, text.stripLeading().length())).toLowerCase(Locale.ROOT);
    return begin.startsWith("<!doctype html") || begin.startsWith("<html") ? Optional.of(new OtherFile("a web page", Optional.empty()))
        : begin.startsWith("<?xml") ? Optional.of(new OtherFile("XML", Optional.empty())) : Optional.empty();
  }
}
