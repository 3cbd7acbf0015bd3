package dev.lanewise.dsl.run;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.OptionalLong;

/**
 * How a session works.
 *
 * @param seed overrides every seed in the scripts
 * @param profile whether every training is followed by its profile
 * @param language of charts and reports that are written to files; what a listener is told is English
 */
public record Options(int threads, OptionalLong seed, KernelSet kernels, boolean profile, Language language) {
  public Options(int threads, OptionalLong seed, KernelSet kernels) {
    this(threads, seed, kernels, false, Language.ENGLISH);
  }
}
