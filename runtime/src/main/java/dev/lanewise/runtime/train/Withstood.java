package dev.lanewise.runtime.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training on attacked examples has come to after an epoch: how many of some examples a network is right about. They are not those that it is trained on where there are others.
 *
 * @param clean the share as they are
 * @param attacked the share when they are attacked by {@link dev.lanewise.runtime.attack.Attack#probe}, whatever the training attacks them with
 */
public record Withstood(double clean, double attacked) {
  /** As columns and members are called. */
  public static final List<String> NAMES = List.of("clean", "attacked");

  /** By their names, in the order of {@link #NAMES}. */
  public Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put(NAMES.get(0), clean);
    shares.put(NAMES.get(1), attacked);
    return shares;
  }
}
