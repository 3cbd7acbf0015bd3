package dev.lanewise.dsl.parse.habit;

import java.util.List;

/** A way of writing that other languages have and that is seen from the text alone, since it means nothing here, wherever it stands. */
@FunctionalInterface
interface Custom {
  /** What it is here, in the order of the text. */
  List<Foreign> seen(Page page);
}
