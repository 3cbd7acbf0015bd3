package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The files that calls name: {@code to = "loss.png"}. */
record Targets(Verbs verbs) {
  private static final String[] DRAWN = {".png", ".svg"};

  /** A call without its {@code to = "file"}. */
  record Split(List<Argument> others, Formula.Target target) {}

  /** Empty, and reported, if the file is none that can be drawn into. */
  Optional<Split> split(Expression.Call c, String verb) {
    List<Argument> others = new ArrayList<>();
    Optional<Path> file = Optional.empty();
    for (Argument a : c.arguments()) {
      // plot(f, to = 4) is the end of a range.
      boolean target = a.name().isPresent() && a.name().get().text().equals("to")
          && (!verb.equals("plot") || a.value() instanceof Expression.Text);
      if (!target) {
        others.add(a);
        continue;
      }
      file = path(a, verb, DRAWN);
      if (file.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(new Split(others, new Formula.Target(c.span(), file)));
  }

  /** The path that an argument names. */
  Optional<Path> path(Argument a, String verb, String... endings) {
    Optional<Constant> value = verbs.formulas().constant(a.value());
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String wanted = Arrays.stream(endings).collect(Collectors.joining(" or "));
    if (value.get() instanceof Constant.Text(String text) && Arrays.stream(endings).anyMatch(text::endsWith)) {
      try {
        return Optional.of(Path.of(text));
      } catch (InvalidPathException e) {
        return verbs.problems().report(Code.L077, a.span(), "this is no file name: " + e.getReason(), "");
      }
    }
    return verbs.problems().report(
        Code.L077, a.span(), "`" + verb + "` needs a file name in quotes that ends in " + wanted + ", not " + value.get(), "");
  }
}
