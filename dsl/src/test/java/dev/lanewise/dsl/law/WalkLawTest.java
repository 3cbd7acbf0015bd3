package dev.lanewise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.layer.Triplet;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.walk.Walk;
import dev.lanewise.runtime.walk.Walk.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a walk tells of a number is that number: what it is said to be made of comes to it, and the ways by which the loss depends on it come to its gradient.
 */
class WalkLawTest {
  private static final int SPOTS = 60;

  @Test
  void accountsAndChainsComeToTheirNumbers() {
    int[] told = new int[2];
    Seeds.all("walk", 25, Wish.ALL, trial -> {
      if (trial.loss() instanceof Triplet) {
        return;
      }
      Walk walk = Walks.of(trial, 0);
      Random random = new Random(trial.script().seed());
      List<Value> values = new ArrayList<>(walk.graph().inputs());
      walk.graph().parameters().forEach(p -> values.add(p.value()));
      walk.graph().nodes().forEach(n -> values.add(n.output()));
      for (int i = 0; i < SPOTS; i++) {
        Value value = values.get(random.nextInt(values.size()));
        int element = random.nextInt(value.shape().size());
        double number = walk.values(value)[element];
        walk.account(value, element).ifPresent(a -> {
          told[0]++;
          assertThat(a.value()).as("%s[%d] of %s", value, element, walk.maker(value).orElseThrow().operation()).isCloseTo(number, within(1e-7 * (1 + Math.abs(number))));
        });
        if (walk.gradient(value).isPresent() && !walk.loss().orElseThrow().equals(value)) {
          Chain chain = walk.chain(value, element);
          double sum = chain.links().stream().mapToDouble(Walk.Link::value).sum();
          told[1]++;
          assertThat(sum).as("dL/d%s[%d], read by %s", value, element, walk.readers(value)).isCloseTo(chain.value(), within(1e-7 * (1 + Math.abs(chain.value()))));
        }
      }
    });
    assertThat(told[0]).isPositive();
    assertThat(told[1]).isPositive();
  }
}
