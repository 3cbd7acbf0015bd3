package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;

/**
 * The seam between the graph and the code that computes: the one place where vector and scalar implementations part.
 */
sealed interface Kernels permits VectorKernels, ScalarKernels {
  Stage bind(Node node);

  /** How long a worker's arena must be for what has been bound. */
  int arenaEnd();

  /** How long the packed parameters are. */
  int packedEnd();

  /** How many places a worker's list must hold. */
  int placesEnd();

  /** How many floats each block keeps for the end of the batch. */
  int keptEnd();

  /** How many floats the parts of a step need besides, where several workers share it. */
  int asideSize();
}
