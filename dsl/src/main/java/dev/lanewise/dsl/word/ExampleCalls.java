package dev.lanewise.dsl.word;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;

/** What follows a part of data: {@code digits.test.item(7)}. */
public final class ExampleCalls {
  public static final Signature ITEM = Signature.of(
      "item", "one example of a part of data", required("number", Argument.Type.INTEGER, "which, counted from 0"));
  public static final Signature BATCH = Signature.of(
      "batch", "some examples that follow each other", required("number", Argument.Type.INTEGER, "which of such batches, counted from 0"),
      optional("size", Argument.Type.INTEGER, 16, "examples in each"));

  private ExampleCalls() {}

  public static List<Signature> all() {
    return List.of(ITEM, BATCH);
  }
}
