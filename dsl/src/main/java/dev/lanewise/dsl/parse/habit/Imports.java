package dev.lanewise.dsl.parse.habit;

import static dev.lanewise.dsl.grammar.NetLexer.COMMENT;
import static dev.lanewise.dsl.grammar.NetLexer.IDENTIFIER;
import static dev.lanewise.dsl.grammar.NetLexer.IMPORT;
import static dev.lanewise.dsl.grammar.NetLexer.STRING;

import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that are read in: {@code import parts as p}, {@code from parts import Unit}, {@code include "parts.net"}, {@code #include "parts.net"}. */
final class Imports implements Custom {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:import|#[ \\t]*include|include|use|using|from)\\s*\\(?[ \\t]*(?:<(?<b>[\\w./-]+)>|\"(?<c>[\\w./ -]+)\"|(?<a>[\\p{L}\\w./]+))\\s*?\\)?(?<names>[ \\t]+import[ \\t]+[\\w*, \\t]+?)?"
              + "(?<as>[ \\t]+as[ \\t]+\\w+)?(?=[ \\t]*(?:[;#\\n\\r]|$))");

  /** Libraries of other languages: nothing of them is needed here. */
  private static final Set<String> LIBRARIES =
      Set.of(
          "numpy", "torch", "torchvision", "torchaudio", "tensorflow", "keras", "jax", "flax", "haiku", "optax", "sklearn", "scipy", "pandas", "matplotlib", "seaborn", "os", "sys", "math", "random",
          "time", "json", "csv", "re", "typing", "pathlib", "collections", "functools", "itertools", "argparse", "tqdm", "PIL", "cv2", "transformers", "lightning", "pytorch_lightning", "mxnet", "paddle",
          "Flux", "Lux", "Statistics", "LinearAlgebra", "Random", "Plots", "stdio", "stdlib", "iostream", "vector", "cmath", "java", "javax", "ai", "org");
  /** Among them what may be a file of one's own as well, where nothing else tells. */
  private static final Set<String> OWN =
      Set.of("math", "random", "time", "json", "csv", "re", "os", "sys", "typing", "collections", "Flux", "Lux", "Statistics", "Random", "Plots", "vector", "ai", "org", "java", "haiku", "lightning", "paddle");
  private static final Pattern LIBRARY =
      Pattern.compile("(?:import|using|use|from|#[ \\t]*include)[ \\t]+[<\"']?(?<first>\\w+)(?<others>(?:[.:/]+\\w+)*(?:\\.h)?[>\"']?(?:[ \\t]+as[ \\t]+\\w+)?(?:[ \\t]*,[ \\t]*\\w[\\w.]*)*)(?:[ \\t]+import[ \\t]+[\\w*, \\t]+?)?[ \\t]*;?(?=[ \\t]*(?:[#\\n\\r]|$))");

  @Override
  public List<Foreign> seen(Page page) {
    Matcher library = LIBRARY.matcher(page.text());
    Matcher matcher = FORM.matcher(page.text());
    return page.indices()
        .filter(i -> page.isTopLevel(i) && page.startsStatement(i) && (page.is(i, IMPORT) || page.is(i, IDENTIFIER) || page.is(i, COMMENT)) && (page.last(i) > i || page.is(i, COMMENT)))
        .mapToObj(i -> library(page, i, library).or(() -> imported(page, i, matcher))).flatMap(Optional::stream).toList();
  }

  /** A line of a library, to be left out with its end. */
  private static Optional<Foreign> library(Page page, int i, Matcher matcher) {
    boolean quoted = page.is(i + 1, STRING);
    if (quoted || !matcher.region(page.span(i).start(), page.text().length()).lookingAt() || !LIBRARIES.contains(matcher.group("first"))) {
      return Optional.empty();
    }
    int end = matcher.end();
    boolean line = end < page.text().length() && page.text().charAt(end) == '\n' && page.column(i) == 0;
    Span span = new Span(matcher.start(), end);
    boolean own = OWN.contains(matcher.group("first")) && page.is(i, IMPORT) && page.text(span).matches("import[ \\t]+\\w+(?:[ \\t]+as[ \\t]+\\w+)?[ \\t]*;?");
    Remedy remedy = Remedy.of("leave it out", Edit.remove(new Span(span.start(), line ? end + 1 : end)));
    return Optional.of(new Foreign(span, "`" + matcher.group("first") + "` is a library of another language: what there is here needs no import", own ? remedy.perhaps() : remedy));
  }

  private static Optional<Foreign> imported(Page page, int i, Matcher matcher) {
    if (!matcher.region(page.span(i).start(), page.text().length()).lookingAt()) {
      return Optional.empty();
    }
    String file = matcher.group("a") != null ? matcher.group("a").replace('.', '/').replaceFirst("/net$", "") : matcher.group("b") != null ? matcher.group("b") : matcher.group("c");
    String right = "import \"" + file + (file.endsWith(".net") ? "" : ".net") + "\"" + (matcher.group("as") == null ? "" : matcher.group("as"));
    Span span = new Span(matcher.start(), matcher.end());
    boolean same = matcher.group("c") != null && page.is(i, IMPORT) && matcher.group("names") == null;
    return same ? Optional.empty() : Optional.of(new Foreign(span, "a file is imported by its path, in double quotes", Remedy.write(span, right)));
  }
}
