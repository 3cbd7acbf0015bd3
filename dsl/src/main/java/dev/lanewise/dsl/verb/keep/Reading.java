package dev.lanewise.dsl.verb.keep;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Place;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.WorldText;
import dev.lanewise.runtime.file.Safetensors;
import java.io.IOException;
import java.util.Optional;

/** Files of parameters. */
final class Reading {
  private Reading() {}

  /** @throws MistakeException at the span if the file cannot be read */
  static Safetensors.Content content(Span span, Place file) {
    try {
      return Safetensors.read(file.path());
    } catch (IOException e) {
      throw new MistakeException(Code.L030, span, "the file cannot be read: " + Reasons.of(e), file.remedy());
    }
  }

  /** What a network's numbers mean, if the file says so. */
  static Optional<World> world(Span span, Safetensors.Content content) {
    String text = content.metadata().get(WorldText.KEY);
    try {
      return text == null ? Optional.empty() : Optional.of(WorldText.read(text));
    } catch (IOException e) {
      throw new MistakeException(Code.L031, span, e.getMessage(), "save the network anew");
    }
  }
}
