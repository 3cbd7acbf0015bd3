package dev.lanewise.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher where it is not at home: closed descriptors, no locale, odd names, somebody else's checkout. */
@Timeout(1200)
class LauncherTest {
  private static final String NOBODY = "65534";

  @TempDir private static Path shared;
  private static Path launcher;

  @TempDir private Path folder;

  @BeforeAll
  static void install() throws IOException {
    launcher = InstalledLauncher.in(shared.resolve("lanewise"));
  }

  /** What a command of the shell wrote, and its status in the last line; {@code $1} is the launcher. */
  private List<String> shell(Path launcher, String command) throws Exception {
    return lines(started(launcher, List.of(), command));
  }

  private Process started(Path launcher, List<String> before, String command) throws IOException {
    List<String> words = new ArrayList<>(before);
    words.addAll(List.of("sh", "-c", command + "\necho status $?", "sh", launcher.toString()));
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("LC_MESSAGES", "LANG", "LC_CTYPE"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("LANEWISE_JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static List<String> lines(Process process) throws Exception {
    List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor(600, TimeUnit.SECONDS)).isTrue();
    return lines;
  }

  /** One that a test may change. */
  private Path launcherOfItsOwn() throws IOException {
    return InstalledLauncher.in(folder.resolve("lanewise"));
  }

  @Test
  void closedDescriptorsLeadNowhere() throws Exception {
    assertThat(shell(launcher, "\"$1\" -e '20 + 3' 2>&-")).containsExactly("23", "status 0");
    assertThat(shell(launcher, "\"$1\" -e '20 + 3' >&-")).containsExactly("status 0");
    assertThat(shell(launcher, "\"$1\" <&-")).containsExactly("status 0");
    assertThat(shell(launcher, "\"$1\" -e 'expect 1 == 2' <&- >&- 2>&-")).containsExactly("status 1");
  }

  @Test
  void javaAnnouncesNothingAndTheRestIsThere() throws Exception {
    assertThat(shell(launcher, "\"$1\" check nowhere.net")).containsExactly("lanewise: there is no file nowhere.net", "status 2");
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void chineseNamesNeedNoLocale() throws Exception {
    Files.writeString(folder.resolve("数据.net"), "net N = input 2 -> dense(2)");
    String bare = "env -i PATH=/usr/bin:/bin LANEWISE_JAVA_HOME=\"$LANEWISE_JAVA_HOME\" ";
    assertThat(shell(launcher, bare + "\"$1\" run 数据.net")).containsExactly("net N: 2 -> 2, 6 parameters", "status 0");
    assertThat(shell(launcher, bare + "LC_ALL=zh_CN.GB2312 \"$1\" run 数据.net")).containsExactly("网络 N：2 -> 2，6 个参数", "status 0");
    assertThat(shell(launcher, bare + "LANG=C PATH=/nonexistent \"$1\" run 数据.net")).containsExactly("net N: 2 -> 2, 6 parameters", "status 0");
  }

  @Test
  void anyNameOfTheFolderWillDo() throws Exception {
    Path root = folder.resolve("a b\"c'd$HOME${x}`e`%s*\\\n数 \n");
    Path launcher = InstalledLauncher.in(root);
    Files.createSymbolicLink(folder.resolve("link"), launcher);
    Files.createSymbolicLink(folder.resolve("linked"), Path.of("link"));
    assertThat(shell(folder.resolve("linked"), "\"$1\" -e '20 + 3'")).containsExactly("23", "status 0");
    assertThat(shell(launcher, "cd \"${1%/*}\"; sh lanewise -e '20 + 3'")).containsExactly("23", "status 0");
    Path colon = InstalledLauncher.in(folder.resolve("a:b"));
    assertThat(shell(colon, "\"$1\" -e '20 + 3'"))
        .containsExactly("lanewise: Java cannot run from a folder with a colon in its name: rename " + colon.getParent(), "status 2");
  }

  @Test
  void aFolderThatIsGoneIsSaid() throws Exception {
    assertThat(shell(launcher, "mkdir gone; cd gone; rmdir ../gone; \"$1\" -e '20 + 3'"))
        .endsWith("lanewise: the current folder is gone: change to another", "status 2");
  }

  @Test
  void optionsThatJavaDoesNotTakeAreAMistake() throws Exception {
    assertThat(shell(launcher, "LANEWISE_JAVA_OPTIONS=-XX:+Bogus \"$1\" -e '20 + 3'"))
        .contains("Unrecognized VM option 'Bogus'")
        .endsWith("lanewise: Java does not take LANEWISE_JAVA_OPTIONS: see above", "status 2");
  }

  @Test
  void whatIsNoJdkIsPassedOver() throws Exception {
    assertThat(shell(launcher, "JAVA_HOME=$LANEWISE_JAVA_HOME LANEWISE_JAVA_HOME=/nowhere \"$1\" -e '20 + 3'"))
        .containsExactly("lanewise: LANEWISE_JAVA_HOME is no JDK 25 or newer: looking for another", "23", "status 0");
  }

  @Test
  void somebodyElsesCheckoutIsRunAsItIs() throws Exception {
    Path launcher = launcherOfItsOwn();
    Path root = launcher.getParent();
    List<String> nobody = notTheOwner(root);
    Path source = Files.createFile(Files.createDirectories(root.resolve("runtime/src/main")).resolve("Newer.java"));
    Files.createDirectories(root.resolve("dsl"));
    Files.setLastModifiedTime(InstalledLauncher.modules(root).resolve(".built"), Files.getLastModifiedTime(root.resolve("lanewise")));
    closed(root);
    assertThat(source).exists();
    assertThat(lines(started(launcher, nobody, "\"$1\" -e '20 + 3'")))
        .containsExactly("lanewise: the sources have changed, and " + root + " cannot be written: this is what was built before", "23", "status 0");
  }

  @Test
  void somebodyElsesCheckoutThatIsNotBuiltIsSaid() throws Exception {
    Path launcher = launcherOfItsOwn();
    Path root = launcher.getParent();
    List<String> nobody = notTheOwner(root);
    Files.createDirectories(root.resolve("runtime"));
    Files.createDirectories(root.resolve("dsl"));
    Files.delete(InstalledLauncher.modules(root).resolve(".built"));
    closed(root);
    assertThat(lines(started(launcher, nobody, "\"$1\" -e '20 + 3'")))
        .containsExactly("lanewise: not built yet, and " + root + " cannot be written: let its owner run `lanewise --version` there once", "status 2");
  }

  /** How to run as somebody who may not write: root may write everywhere, and becomes another. */
  private List<String> notTheOwner(Path root) throws Exception {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "this system knows no owners");
    if (!System.getProperty("user.name").equals("root")) {
      return List.of();
    }
    List<String> nobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    assumeTrue(new ProcessBuilder("sh", "-c", "command -v setpriv").start().waitFor() == 0, "this machine has no `setpriv` (util-linux)");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return nobody;
  }

  /** Nobody may write there any more. */
  private static void closed(Path root) throws IOException {
    Files.walkFileTree(root, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        return FileVisitResult.CONTINUE;
      }
    });
  }

  @Test
  void whoComesWhileAnotherBuildsWaitsForIt() throws Exception {
    assumeTrue(new ProcessBuilder("sh", "-c", "command -v mvn").start().waitFor() == 0, "this machine has no Maven to wait for");
    Path launcher = launcherOfItsOwn();
    Path root = launcher.getParent();
    Files.createDirectories(root.resolve("runtime"));
    Files.createDirectories(root.resolve("dsl"));
    Path stamp = InstalledLauncher.modules(root).resolve(".built");
    Files.delete(stamp);
    Path building = Files.createDirectories(root.resolve("repl/target/building"));
    long another = ProcessHandle.current().pid();
    Files.writeString(building.resolve("pid"), another + "\n");
    Process waiting = started(launcher, List.of(), "\"$1\" -e '20 + 3'");
    try (BufferedReader lines = waiting.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("lanewise: waiting for process " + another + ", which builds …");
      Files.createFile(stamp);
      Files.delete(building.resolve("pid"));
      Files.delete(building);
      assertThat(lines.readAllLines()).containsExactly("23", "status 0");
    }
    assertThat(building).doesNotExist();
  }
}
