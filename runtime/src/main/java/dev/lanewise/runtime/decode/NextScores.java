package dev.lanewise.runtime.decode;

import java.util.List;

/**
 * What a network says of the token behind a text: a score for each, before softmax. This is the seam for whoever knows the values of earlier tokens already; {@link WindowScores} runs the whole window again for each token,
 * which is right for every network.
 */
public interface NextScores {
  /** @param prefixes tokens so far, at least one of each; they go on from call to call */
  float[][] next(List<int[]> prefixes);

  /** How many tokens a text may have at most; a longer one is known by its last tokens, if it is no text of its own. */
  int window();
}
