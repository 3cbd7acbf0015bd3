package dev.lanewise.dsl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.lanewise");

  @Test
  void antlrStaysInTheParser() {
    noClasses().that().resideOutsideOfPackages("dev.lanewise.dsl.parse..", "dev.lanewise.dsl.grammar..")
        .should().dependOnClassesThat().resideInAnyPackage("org.antlr..").check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.lanewise.dsl.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theRuntimeDoesNotKnowTheLanguage() {
    noClasses().that().resideInAPackage("dev.lanewise.runtime..")
        .should().dependOnClassesThat().resideInAPackage("dev.lanewise.dsl..").check(CLASSES);
  }

  @Test
  void packagesHaveNamesThatSaySomething() {
    noClasses().should().resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..").check(CLASSES);
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

  /** What runs has been checked: it needs nothing of how. */
  @Test
  void whatRunsDoesNotCheck() {
    noClasses().that().resideInAPackage("dev.lanewise.dsl.run..")
        .should().dependOnClassesThat().resideInAPackage("dev.lanewise.dsl.check..").check(CLASSES);
  }
}
