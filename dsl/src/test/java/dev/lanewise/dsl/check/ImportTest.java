package dev.lanewise.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  @TempDir private Path folder;

  @BeforeEach
  void library() throws IOException {
    write(
        "lib/blocks.net",
        """
        import "functions.net"
        width = 7
        block Inner(n) { dense(n) -> twice }
        block Outer(n) { Inner(n) -> Inner(n) }
        layer Scale { weight s : [in.features] ~ ones; out = in * s }
        net Small = input 4 -> dense(2)
        """);
    write("lib/functions.net", "def twice(x) = 2 * relu(x)\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<Diagnostic> check(String script) {
    Source source = new Source(folder.resolve("main.net").toString(), script);
    return Checker.check(source, ScriptParser.parse(source).script(), new Scope()).diagnostics();
  }

  @Test
  void namesAreBoundBehindThatOfTheFile() {
    assertThat(check("""
        import "lib/blocks.net" as b
        net N {
          input 4
          b.Outer(b.width) -> b.Scale -> dense(2)
          expect params == 35 + 56 + 7 + 16
        }
        show(b.Small)
        """)).isEmpty();
  }

  @Test
  void orAsTheyAre() {
    assertThat(check("import \"lib/blocks.net\"\nnet N = input 4 -> Outer(width) -> Scale -> dense(2)\n")).isEmpty();
  }

  /** A block sees the names of its own file, whatever they mean in the file that uses it. */
  @Test
  void definitionsSeeTheirOwnFile() {
    assertThat(check("""
        import "lib/blocks.net" as b
        block Inner(n) { conv(n, 3) }
        def twice(x) = x
        net N = input 4 -> b.Outer(3) -> twice -> dense(2)
        """)).isEmpty();
  }

  @Test
  void whatAnImportedFileImportsIsItsOwn() {
    assertThat(codes("import \"lib/blocks.net\" as b\nnet N = input 4 -> b.twice")).containsExactly(Code.L006);
  }

  @Test
  void mistakesAreToldWhereTheyStand() throws IOException {
    write("bad.net", "block B { densse(3) }\na = = 3\n");
    List<Diagnostic> found = check("import \"bad.net\" as b\nnet N = input 4 -> b.B");
    assertThat(found).extracting(Diagnostic::code).containsExactly(Code.L001, Code.L006);
    assertThat(found).allMatch(d -> d.source().name().endsWith("bad.net"));
    assertThat(found.getLast().message()).contains("(in B1, ").contains("main.net line 2)");
  }

  @Test
  void whatIsMissingOrLeadsBackIsRefused() throws IOException {
    write("a.net", "import \"c.net\"\n");
    write("c.net", "import \"a.net\"\n");
    List<Diagnostic> found = check("import \"a.net\"\nimport \"nowhere.net\"\nimport \"main.net\"");
    assertThat(found).extracting(Diagnostic::code).containsExactly(Code.L034, Code.L033, Code.L034);
    assertThat(found.getFirst().message()).endsWith("a.net -> c.net -> a.net");
    assertThat(found.getFirst().source().name()).endsWith("c.net");
  }

  @Test
  void aNameOfTwoFilesIsBoundTwice() throws IOException {
    write("other.net", "width = 3\n");
    assertThat(codes("import \"lib/blocks.net\"\nimport \"other.net\"")).containsExactly(Code.L007);
    assertThat(codes("import \"lib/blocks.net\"\nimport \"other.net\" as o\na = o.width + width")).isEmpty();
  }

  private List<Code> codes(String script) {
    return check(script).stream().map(Diagnostic::code).toList();
  }
}
