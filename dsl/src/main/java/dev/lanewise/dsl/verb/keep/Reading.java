package dev.lanewise.dsl.verb.keep;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Place;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import java.io.IOException;
import java.util.List;

/** Files of parameters. */
final class Reading {
  private Reading() {}

  /** @throws MistakeException at the span if the file cannot be read */
  static List<Tensor> tensors(Bench bench, Span span, Place file) {
    try {
      return Safetensors.read(file.path()).tensors();
    } catch (IOException e) {
      throw new MistakeException(Code.L030, span, "the file cannot be read: " + Reasons.of(e), file.remedy());
    }
  }
}
