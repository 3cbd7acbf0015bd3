package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import java.util.List;
import java.util.stream.Collectors;

/** Whether every part of data has examples of every class. A class that settings leave nothing to train on is a mistake; else it is told. */
record ClassShares(CheckedData data, Warnings warnings) {
  /** Of so many classes the names are told. */
  private static final int TOLD = 3;

  /** Is told what is suspicious. */
  interface Warnings {
    void warn(Code code, Span at, String message, String remedy);
  }

  /** @param read before examples were set apart to test on, if they were */
  void ofTest(DataSplit read, DataSplit split) {
    if (data.test().isPresent()) {
      mustHave("split.test", data.test().getAsInt(), read, split);
    }
    boolean apart = read.test() == null;
    warn(
        split.lackedBy(split.train(), read), "to train on",
        apart && data.test().isEmpty() ? "say with split.test how many are set apart, or give others to test on" : "");
    if (isLarge(split.test())) {
      warn(split.lackedBy(split.test(), read), "to test on", apart ? "set more apart: split.test" : "");
    }
  }

  void ofLimit(DataSplit all, DataSplit split) {
    int limit = data.limit().getAsInt();
    List<String> lost = lost(all, split, split.train());
    List<String> first = all.lackedByTheFirst(limit);
    if (!lost.isEmpty()) {
      warn(lost, "to train on", "a limit of " + limit + " is too small for so many classes");
    } else if (!first.isEmpty() && data.target().isClass()) {
      warnings.warn(
          Code.L057, data.span(), "the first " + limit + " examples of " + data.name() + " have none of " + named(first) + ": `limit` takes from every class in turn",
          "");
    }
  }

  void ofValidation(DataSplit all, DataSplit split) {
    mustHave("split.val", data.validation().getAsInt(), all, split);
    if (isLarge(split.validation())) {
      warn(lost(all, split, split.validation()), "to validate on", "set more apart: split.val");
    }
  }

  /** A part that is smaller than there are classes is meant so. */
  private static boolean isLarge(Dataset part) {
    return part.size() >= part.classes();
  }

  /** Classes that a part lacks, and training examples did not lack before. */
  private static List<String> lost(DataSplit before, DataSplit after, Dataset part) {
    List<String> lacking = before.lackedBy(before.train(), before);
    return after.lackedBy(part, before).stream().filter(c -> !lacking.contains(c)).toList();
  }

  private void mustHave(String setting, int count, DataSplit before, DataSplit after) {
    List<String> lost = lost(before, after, after.train());
    if (!lost.isEmpty() && data.target().isClass()) {
      throw new MistakeException(
          Code.L086, data.span(), "`" + setting + " = " + count + "` leaves no example of " + named(lost) + " to train on", "set fewer apart");
    }
  }

  private void warn(List<String> lacking, String use, String remedy) {
    if (!lacking.isEmpty() && data.target().isClass()) {
      warnings.warn(Code.L058, data.span(), "there is no example of " + named(lacking) + " " + use, remedy);
    }
  }

  /** {@code `a`, `b`, `c` and 4 more}. */
  private static String named(List<String> classes) {
    String told = classes.stream().limit(TOLD).map(c -> "`" + c + "`").collect(Collectors.joining(", "));
    return classes.size() > TOLD ? told + " and " + (classes.size() - TOLD) + " more" : told;
  }
}
