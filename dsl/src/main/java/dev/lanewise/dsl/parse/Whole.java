package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.elsewhere.file.OtherFile;
import java.util.Optional;

/** A text that is no script at all is told once, with the network in it as far as it can be read. */
final class Whole {
  private static final String EXAMPLE = "net N { input 1x28x28; flatten; dense(10) }";

  private Whole() {}

  /** Whether a text that can be read is to be looked at all the same: some Python can be read as our own, but is none. */
  static boolean isLikely(Source source) {
    return source.text().contains("Sequential(");
  }

  static Optional<Diagnostic> of(Source source) {
    return OtherFile.of(source.text()).map(other -> new Diagnostic(
        source, Code.L129, new Span(0, source.text().lines().findFirst().orElse("").length()), "this is " + other.what() + ", not a script", remedy(source, other)));
  }

  /** What could be read is a proposal: nobody knows what it leaves out. */
  private static Remedy remedy(Source source, OtherFile other) {
    return other.script()
        .map(s -> Remedy.of(
            "a network is written `" + s.strip().replaceAll("\\s*\\n\\s*", "; ").replace("{; ", "{ ").replace("; }", " }") + "`",
            new Edit(new Span(0, source.text().length()), s)).perhaps())
        .orElse(Remedy.say("a network is written `" + EXAMPLE + "`"));
  }
}
