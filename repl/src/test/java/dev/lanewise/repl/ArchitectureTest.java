package dev.lanewise.repl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Output;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may use whom in this module. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.lanewise.repl");

  @Test
  void onlyThePromptKnowsTheTerminalLibrary() {
    noClasses().that().resideOutsideOfPackage("dev.lanewise.repl.prompt..")
        .should().dependOnClassesThat().resideInAPackage("org.jline..").check(CLASSES);
  }

  @Test
  void onlyTheCommandKnowsThePicocliLibrary() {
    noClasses().that().resideOutsideOfPackage("dev.lanewise.repl.command..")
        .should().dependOnClassesThat().resideInAPackage("picocli..").check(CLASSES);
  }

  @Test
  void nobodyPrintsPastTheConsole() {
    noClasses().should().accessField(System.class, "out").check(CLASSES);
    noClasses().should().accessField(System.class, "err").check(CLASSES);
  }

  /** What passes by it reaches the terminal as it is, and a full disk unnoticed. */
  @Test
  void allTextLeavesThroughOneWriter() {
    noClasses().that().doNotBelongToAnyOf(Console.class, Output.class)
        .should().dependOnClassesThat().areAssignableTo(PrintStream.class)
        .orShould().dependOnClassesThat().areAssignableTo(FileOutputStream.class).check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.lanewise.repl.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** A package says what belongs there and what does not; and why, if it holds fewer than 5 or more than 20 files. */
  @Test
  void packagesAreRoomsOfOneIdea() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev"))) {
      files.filter(f -> f.toString().endsWith(".java") && !f.endsWith("package-info.java"))
          .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()))
          .forEach((room, count) -> assertThat(room.resolve("package-info.java"))
              .content()
              .contains("Not here:")
              .contains(count > 20 ? "More than 20 files:" : count < 5 ? "Fewer than 5 files:" : ""));
    }
  }
}
