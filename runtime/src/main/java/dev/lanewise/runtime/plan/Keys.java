package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.random.Draws;

/** Names the random numbers of a node for the block at work: the same for any kernel, thread or vector width. */
final class Keys {
  private Keys() {}

  static long of(Node node, Frame frame) {
    return Draws.mix(frame.key, node.name().hashCode());
  }
}
