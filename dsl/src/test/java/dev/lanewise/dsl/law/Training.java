package dev.lanewise.dsl.law;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a random network is trained.
 *
 * @param clip {@code norm}, {@code value} or nothing
 * @param most that gradients may be
 * @param average share of the average that a step keeps; 0 for none
 * @param heads what the loss of each head counts
 */
record Training(
    Call loss, Call optimizer, Call schedule, String clip, double most, int epochs, int batch, int accumulate, double average, double heads) {
  private static final int MOST_BATCHES = 8;

  /** Of fewer examples a variance says little. */
  private static final int LEAST_NORMALISED = 4;

  /** @param count of all examples */
  static Training draw(Pick pick, Call loss, int count, Growth growth) {
    Call optimizer = TrainRules.drawn(pick, TrainRules.OPTIMIZERS);
    Call schedule = pick.chance(0.4) ? Call.of("constant") : TrainRules.drawn(pick, TrainRules.SCHEDULES);
    String clip = pick.chance(0.4) ? pick.one("norm", "value") : "";
    return new Training(
        loss, optimizer, schedule, clip, clip.isEmpty() ? 0 : pick.rate(0.01, 1), pick.whole(1, 3),
        batch(pick, count, growth.met().contains("batchnorm")), pick.chance(0.3) ? pick.whole(2, 4) : 1,
        pick.chance(0.3) ? pick.number(0.3, 0.95) : 0, growth.heads().isEmpty() ? 1 : pick.number(0.1, 1.5));
  }

  /** From 1 to 100, but not too many of them; where a network looks across the batch, also the last one has some examples. */
  private static int batch(Pick pick, int count, boolean normalised) {
    for (int tries = 0; tries < 50; tries++) {
      int batch = pick.whole(1, 100);
      int least = count % batch == 0 ? batch : Math.min(batch, count % batch);
      if (count / batch <= MOST_BATCHES && (!normalised || least >= LEAST_NORMALISED)) {
        return batch;
      }
    }
    return count;
  }

  /** As a script writes it. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("epochs", "" + epochs);
    settings.put("batch", "" + batch);
    settings.put("loss", loss.text());
    settings.put("optimizer", optimizer.text());
    if (!schedule.name().equals("constant")) {
      settings.put("schedule", schedule.text());
    }
    if (!clip.isEmpty()) {
      settings.put("clip", clip + "(" + Pick.text(most) + ")");
    }
    if (accumulate > 1) {
      settings.put("accumulate", "" + accumulate);
    }
    if (average > 0) {
      settings.put("average", "ema(" + Pick.text(average) + ")");
    }
    if (heads != 1) {
      settings.put("heads", Pick.text(heads));
    }
    return settings;
  }
}
