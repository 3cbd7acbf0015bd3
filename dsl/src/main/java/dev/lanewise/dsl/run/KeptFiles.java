package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.runtime.file.FileForm;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.train.Keep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at the files that a training will write before it begins: hours later is too late to hear that one is somebody else's. */
final class KeptFiles {
  private KeptFiles() {}

  /** @throws MistakeException if a training would replace, or add to, what it cannot have written */
  static void check(CheckedTrain train) {
    Optional<Keep.Best> best = train.settings().keep().best();
    best.ifPresent(b -> check(Safetensors.FORM, b.file(), train.span()));
    for (CheckedTrain.Log log : train.logs()) {
      switch (log.form()) {
        case CSV -> check(LogFormat.Csv.FORM, log.path(), log.span());
        case JSONL -> check(LogFormat.JsonLines.FORM, log.path(), log.span());
        case TENSORBOARD -> { } // Each run makes a file of its own in the folder.
      }
    }
  }

  private static void check(FileForm form, Path path, Span span) {
    try {
      form.check(path);
    } catch (IOException e) {
      throw new MistakeException(Code.L030, span, "the file cannot be written: " + Reasons.of(e), Reasons.remedy(e));
    }
  }
}
