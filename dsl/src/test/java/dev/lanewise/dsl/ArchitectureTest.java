package dev.lanewise.dsl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.lanewise");

  @Test
  void antlrStaysInTheParser() {
    noClasses().that().resideOutsideOfPackage("dev.lanewise.dsl.parse")
        .should().dependOnClassesThat().resideInAnyPackage("org.antlr..").check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.lanewise.dsl.(*)..").should().beFreeOfCycles().check(CLASSES);
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
}
