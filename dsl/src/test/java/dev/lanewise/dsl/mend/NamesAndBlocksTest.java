package dev.lanewise.dsl.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, labels, blocks, layers and functions of one's own: what is mended, and what is only proposed. A bar stands for the end of a line. */
class NamesAndBlocksTest {
  private static List<Diagnostic> check(Source source) {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), _ -> { })) {
      return session.check(source);
    }
  }

  private static Source source(String name, String lines) {
    return new Source(name, lines.replace("|", "\n") + "\n");
  }

  private static String mended(String lines) {
    return Fix.of(source("a.net", lines), NamesAndBlocksTest::check).text().stripTrailing().replace("\n", "|");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '\t', value = {
    // used before it is bound
    "train N on d|net N = input 2 -> dense(2)|data d = moons()\tnet N = input 2 -> dense(2)|data d = moons()|train N on d",
    "net N = input 1x9x9 -> Unit(4) -> flatten -> dense(2)|# a remark|block Unit(c) { conv(c, 3) -> relu }\t# a remark|block Unit(c) { conv(c, 3) -> relu }|net N = input 1x9x9 -> Unit(4) -> flatten -> dense(2)",
    "a = double(3)|def double(x) = 2 * x\tdef double(x) = 2 * x|a = double(3)",
    "net N {|  input width|  dense(2)|}|width = 2\twidth = 2|net N {|  input width|  dense(2)|}",
    // labels
    "net N { input 8; a: dense(8) -> relu; a: dense(8) -> relu; dense(2) }\tnet N { input 8; a: dense(8) -> relu; b: dense(8) -> relu; dense(2) }",
    "net N { input 8; x1: dense(8) -> relu; x1: dense(8) -> relu; dense(2) }\tnet N { input 8; x1: dense(8) -> relu; x2: dense(8) -> relu; dense(2) }",
    "net N { input 8; enc: dense(8) -> relu; enc: dense(8) -> relu; add(@enc) -> dense(2) }\tnet N { input 8; enc: dense(8) -> relu; enc2: dense(8) -> relu; add(@enc) -> dense(2) }",
    "net N { input 8; a: dense(8) -> relu; dense(8) -> relu; concat(\"a\"); dense(2) }\tnet N { input 8; a: dense(8) -> relu; dense(8) -> relu; concat(@a); dense(2) }",
    "net N { input 8; a: dense(8) -> relu; dense(8) -> relu; add(a); dense(2) }\tnet N { input 8; a: dense(8) -> relu; dense(8) -> relu; add(@a); dense(2) }",
    // blocks
    "block Wide { input 4 -> dense(4) -> relu }|net N = input 4 -> Wide -> dense(2)\tblock Wide { dense(4) -> relu }|net N = input 4 -> Wide -> dense(2)",
    "block Wide {|  input 4|  dense(4) -> relu|}|net N = input 4 -> Wide -> dense(2)\tblock Wide {|  dense(4) -> relu|}|net N = input 4 -> Wide -> dense(2)",
    "net N = input 3x8 -> each { each { relu } } -> flatten -> dense(2)\tnet N = input 3x8 -> each { relu } -> flatten -> dense(2)",
    // layers
    "layer L(n) { weight W : [in.features, n] ~ he_normal; out = in * W }|net N = input 6 -> L(3)\tlayer L(n) { weight W : [in.features, n] ~ he_normal; out = in @ W }|net N = input 6 -> L(3)",
    "layer L(n) { weight W : [n, in.features] ~ he_normal; out = in @ W }|net N = input 6 -> L(3)\tlayer L(n) { weight W : [in.features, n] ~ he_normal; out = in @ W }|net N = input 6 -> L(3)",
    "layer L(n) { weight W : [in.features, n] ~ he_normal; out = W @ in }|net N = input 6 -> L(3)\tlayer L(n) { weight W : [n, in.features] ~ he_normal; out = W @ in }|net N = input 6 -> L(3)",
    "layer L { weight b : in.features ~ zeros; out = in + b }|net N = input 6 -> L\tlayer L { weight b : [in.features] ~ zeros; out = in + b }|net N = input 6 -> L",
    // functions
    "def top(x) = maximum(x, 0.1)|net N = input 2 -> dense(2) -> top\tdef top(x) = max(x, 0.1)|net N = input 2 -> dense(2) -> top",
    "def cube(x) = pow(x, 3)|net N = input 2 -> dense(2) -> cube\tdef cube(x) = x ^ 3|net N = input 2 -> dense(2) -> cube",
    "def f(x) = power(x + 1, 2) + square(x)|net N = input 2 -> dense(2) -> f\tdef f(x) = (x + 1) ^ 2 + x ^ 2|net N = input 2 -> dense(2) -> f",
    "a = pow(2, 10)\ta = 2 ^ 10",
    // looking
    "net N = input 2 -> dense(2)|data d = moons()|train N on d|trace(N, d.test.batch(0))\tnet N = input 2 -> dense(2)|data d = moons()|train N on d|trace(N, d.test.item(0))",
  })
  void mends(String mistaken, String right) {
    assertThat(mended(mistaken)).isEqualTo(right);
    assertThat(check(source("a.net", right))).noneMatch(Diagnostic::isError);
  }

  /** Two that need each other cannot be put in order: nothing goes round and round. */
  @Test
  void whatNeedsItselfIsLeft() {
    assertThat(Fix.of(source("a.net", "block A { B }|block B { A }|net N = input 2 -> A -> dense(2)"), NamesAndBlocksTest::check).left()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '\t', value = {
    "net N { input 8; a: relu; dense(2) }\tnet N { input 8; relu; dense(2) }",
    "def f(x, beta = 1) = x * x|a = f(2)\tdef f(x) = x * x|a = f(2)",
    "def f(beta, x) = x * x|a = f(2, 2)\tdef f(x) = x * x|a = f(2, 2)",
    "net N { input 8; path { dense(8) -> relu }; dense(2) }\tnet N { input 8; dense(8) -> relu; dense(2) }",
    "net N { input 8; add { dense(8); path { dense(8) } }; dense(2) }\tnet N { input 8; add { path { dense(8) }; path { dense(8) } }; dense(2) }",
    "net N(width) = input 8 -> dense(width) -> relu\tnet N(width = 16) = input 8 -> dense(width) -> relu",
    "layer L {|  weight b : [3] ~ zeros|  out = in + 1|}|net N = input 3 -> L -> dense(2)\tlayer L {|  out = in + 1|}|net N = input 3 -> L -> dense(2)",
  })
  void proposes(String mistaken, String proposal) {
    Source source = source("a.net", mistaken);
    Diagnostic first = check(source).getFirst();
    assertThat(first.remedy().certain()).isFalse();
    assertThat(Edit.applied(source.text(), first.remedy().edits()).stripTrailing().replace("\n", "|")).isEqualTo(proposal);
    assertThat(mended(mistaken)).isEqualTo(mistaken);
  }

  @Test
  void anImportTakesItsEnding(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("parts.net"), "block Unit(c) { dense(c) -> relu }\n");
    String name = folder.resolve("a.net").toString();
    Source source = source(name, "import \"parts\"|net N = input 4 -> Unit(4) -> dense(2)");
    assertThat(Fix.of(source, NamesAndBlocksTest::check).text()).startsWith("import \"parts.net\"\n");
    Source other = source(name, "import \"others\"");
    assertThat(Fix.of(other, NamesAndBlocksTest::check).text()).isEqualTo(other.text());
  }
}
