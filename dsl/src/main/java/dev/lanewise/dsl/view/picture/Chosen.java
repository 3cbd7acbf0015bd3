package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Some examples that a call names, with the title that they have. @param which their numbers in that part of the data */
public record Chosen(DataSplit split, Dataset part, List<Integer> which, String title) {
  /** @param at where they are named @throws MistakeException if there are none such */
  public static Chosen of(Examples examples, DataSplit split, Span at) {
    String data = examples.data().name();
    Dataset part = switch (examples.part()) {
      case TRAIN -> split.train();
      case VAL -> split.validation();
      case TEST -> split.test();
    };
    if (part == null) {
      throw new MistakeException(Code.L015, at, data + " has no examples to validate on", "set some apart: split.val = 1000");
    }
    if (examples.first() >= part.size()) {
      throw new MistakeException(
          Code.L015, at, String.format(Locale.ROOT, "%s.%s has %,d examples, counted from 0", data, examples.part(), part.size()), "");
    }
    List<Integer> which = IntStream.range((int) examples.first(), (int) Math.min(part.size(), examples.first() + examples.count())).boxed().toList();
    String title = data + "." + examples.part() + ", "
        + (which.size() == 1 ? "item " + examples.first() : "items " + examples.first() + " to " + which.getLast());
    return new Chosen(split, part, which, title);
  }
}
