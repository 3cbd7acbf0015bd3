package dev.lanewise.dsl.verb.keep;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of parameters. */
final class Reading {
  private Reading() {}

  /** @throws MistakeException at the span if the file cannot be read */
  static List<Tensor> tensors(Bench bench, Span span, Path file) {
    try {
      return Safetensors.read(file).tensors();
    } catch (IOException e) {
      throw new MistakeException(Code.L030, span, "the file cannot be read: " + Reasons.of(e), "");
    }
  }
}
