package dev.lanewise.dsl.parse;

/** Whether what is typed so far can be run, or more lines belong to it: the question of the prompt. */
public enum Completeness {
  COMPLETE,
  /** A bracket or brace is open, or the last line ends in {@code ->} or an operator. */
  INCOMPLETE,
  /** No further line can make it right. */
  INVALID
}
