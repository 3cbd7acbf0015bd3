package dev.lanewise.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code lanewise package}: made, unpacked elsewhere, and run where there is no Java. */
class PackageTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private List<String> shell(String command, String... arguments) throws IOException, InterruptedException {
    List<String> words = Stream.concat(Stream.of("sh", "-c", command + "\necho status $?", "sh"), Stream.of(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("LANEWISE_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    process.waitFor();
    return lines;
  }

  @Test
  @Timeout(1800)
  void theArchiveRunsWithoutJava() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(System.getProperty("java.home"), "bin", "jlink")), "this Java cannot make others");
    Path launcher = InstalledLauncher.in(folder.resolve("built here"));
    shell("cp -Rp \"$1\"/README* \"$1/ARCHITECTURE.md\" \"$1/LICENSE\" \"$1/docs\" \"$1/samples\" \"$2\"; mkdir \"$2/benchmarks\"; touch \"$2/benchmarks/a.md\"",
        ROOT.toString(), launcher.getParent().toString());
    List<String> made = shell("\"$1\" package out", launcher.toString());
    assertThat(made).hasSize(3).endsWith("status 0");
    assertThat(made.get(1)).matches(".*/out/lanewise-.*-.*-.*\\.tar\\.gz");
    try (Stream<Path> left = Files.list(folder.resolve("out"))) {
      assertThat(left).containsExactly(Path.of(made.get(1)));
    }
    shell("mkdir \"un packed\"; cd \"un packed\"; tar xf \"$1\"; mv lanewise-* l; rm -rf \"$2\"", made.get(1), launcher.getParent().toString());
    runsInABareEnvironment("env -i PATH=/nonexistent HOME=\"$PWD\" ", folder.resolve("un packed/l/lanewise").toString());
  }

  private void runsInABareEnvironment(String bare, String unpacked) throws Exception {
    assertThat(shell(bare + "\"$1\" -e '20 + 3'", unpacked)).containsExactly("23", "status 0");
    assertThat(shell(bare + "LANG=zh_CN.UTF-8 \"$1\" check 没有.net", unpacked)).containsExactly("lanewise: 没有文件 没有.net", "status 2");
    assertThat(shell(bare + "\"$1\" package", unpacked))
        .containsExactly("lanewise: this needs the sources, which a package does not have", "status 2");
    Files.writeString(folder.resolve("a.net"),
        "net N = input 1x28x28 -> flatten -> dense(10)\ndata d = mnist() { limit = 200 }\ntrain N on d { epochs = 1 }\ntest(N, d)\n");
    assertThat(shell(bare + "\"$1\" run a.net", unpacked)).contains("status 0").anyMatch(l -> l.startsWith("test N on d: accuracy"));
    assertThat(shell("for f in README.md docs/language.md samples/mnist-cnn.net; do test -f \"${1%/*}/$f\" || echo no $f; done", unpacked))
        .containsExactly("status 0");
    // The classes come from the archive that was made with it, although the folder has moved.
    Files.writeString(folder.resolve("t.csv"), "1,2\n3,4\n");
    assertThat(shell(bare + "LANEWISE_JAVA_OPTIONS=-Xlog:class+load \"$1\" -e 'data t = csv(\"t.csv\", target = 2)'", unpacked))
        .anyMatch(l -> l.contains("dev.lanewise.repl.Main source: shared objects file (top)"))
        .anyMatch(l -> l.contains("de.siegmar.fastcsv.reader.CsvReader source: shared objects file (top)"))
        .contains("status 0");
    // And of what other modules bring.
    Files.copy(ROOT.resolve("exchange/src/test/resources/dev/lanewise/exchange/parquet/trees.parquet"), folder.resolve("trees.parquet"));
    assertThat(shell(bare + "\"$1\" -e 'data t = parquet(\"trees.parquet\", label = kind, words = onehot)'", unpacked)).contains("status 0").noneMatch(l -> l.matches("WARNING.*|INFO.*|.*Exception.*"));
    if (shell("script -qefc 'exit 7' /dev/null </dev/null").contains("status 7")) {
      assertThat(String.join("\n", shell("printf ':quit\\n' | " + bare + "TERM=xterm SHELL=/bin/sh script=\"$1\" /usr/bin/script -qefc '\"$script\"' /dev/null", unpacked)))
          .contains("Lanewise: neural networks in a small language");
    }
  }

  /** What the jars require of Java, beside what is there anyway. */
  @Test
  void theJavaOfThePackageHasAllThatIsRequired() throws IOException {
    String linked = Files.readString(ROOT.resolve("repl/src/main/sh/package.sh"));
    Path[] parts = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)).map(Path::of).toArray(Path[]::new);
    Stream<String> required = ModuleFinder.of(parts).findAll().stream().map(ModuleReference::descriptor)
        .filter(d -> d.name().matches("dev\\.lanewise\\..*|org\\.jline|info\\.picocli|tools\\.jackson\\.core|de\\.siegmar\\.fastcsv"))
        .flatMap(d -> d.requires().stream())
        .filter(r -> !r.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .map(ModuleDescriptor.Requires::name)
        .filter(n -> n.matches("(java|jdk)\\..*") && !n.equals("java.base"));
    assertThat(required).isNotEmpty().allSatisfy(n -> assertThat(linked).containsPattern("JAVA_MODULES=.*\\b" + n + "\\b"));
  }
}
