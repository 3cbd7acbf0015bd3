package dev.lanewise.dsl.law;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Faults that are known and not mended yet: the generator keeps away from them, so that others are seen. {@code -Dlanewise.include=ONE_CYCLE}
 * does not. One that is mended is removed here, in the same change.
 */
enum Known {
  /** Channels of one position with values of one for each channel, or a bias: a gradient has the shape of the one, not of the other. */
  SINGLE_POSITION,
  /** one_cycle is a step behind PyTorch. */
  ONE_CYCLE,
  /** warm_up is none of PyTorch's schedules, as LinearLR and CosineAnnealingLR are. */
  WARM_UP,
  /** Schedules count batches, not steps. */
  ACCUMULATED_SCHEDULE,
  /** Averages of what is frozen move by a rounding. */
  EMA_OF_FROZEN,
  /** muon takes the weights of a layernorm of images for matrices. */
  MUON_OF_NORMS,
  /** Which matrices are hidden, for muon, depends on what is frozen. */
  MUON_OF_FROZEN,
  /** The loss that a training tells has its heads in it. */
  LOSS_OF_HEADS;

  private static final List<String> INCLUDED = List.of(System.getProperty("lanewise.include", "").toUpperCase(Locale.ROOT).split(","));

  /** Whether the generator keeps away from it. */
  boolean avoided() {
    return !INCLUDED.contains(name()) && !INCLUDED.contains("ALL");
  }

  /** Schedules that the generator keeps away from. */
  static Set<String> ofSchedules() {
    Set<String> names = new TreeSet<>();
    if (ONE_CYCLE.avoided()) {
      names.add("one_cycle");
    }
    if (WARM_UP.avoided()) {
      names.add("warm_up");
    }
    return names;
  }
}
