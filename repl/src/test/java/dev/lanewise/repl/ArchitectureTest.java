package dev.lanewise.repl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lanewise.repl.render.Console;
import dev.lanewise.repl.render.Output;
import java.io.FileOutputStream;
import java.io.PrintStream;
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
    slices().matching("dev.lanewise.repl.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
