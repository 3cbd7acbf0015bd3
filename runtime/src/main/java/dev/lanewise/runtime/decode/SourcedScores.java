package dev.lanewise.runtime.decode;

import java.util.List;

/** What a network that makes a text of another one says of the next token: {@link NextScores}, beside sources. */
public interface SourcedScores {
  /** @param sources the tokens of one for each text that is asked about */
  NextScores beside(List<float[]> sources);

  /** How many tokens a text may have at most. */
  int window();
}
