package dev.lanewise.runtime.decode;

import java.util.List;

/** What a network that makes a text of another one says of the next token: {@link NextScores}, beside sources. */
public interface SourcedScores {
  /** @param sources the tokens of one for each text that is asked about */
  NextScores beside(List<float[]> sources);

  /** Of each source what is said beside it: any number of texts can be asked about, all of that source. They are asked one after the other, in their order. */
  List<NextScores> each(List<float[]> sources);

  /** Whether it is quicker to make texts of many sources together, token by token, than one after the other. */
  boolean isTogether();

  /** How many tokens a text may have at most. */
  int window();
}
