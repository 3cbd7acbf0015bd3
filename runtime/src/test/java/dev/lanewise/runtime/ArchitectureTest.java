package dev.lanewise.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The borders of ARCHITECTURE.md. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.lanewise.runtime");

  @Test
  void theRuntimeDependsOnTheJdkAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("dev.lanewise.runtime..", "java..", "javax.imageio..", "jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void onlyKernelsUseTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.lanewise.runtime.kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void noVectorIsKeptInAField() {
    fields()
        .should()
        .notHaveRawType("jdk.incubator.vector.FloatVector")
        .andShould()
        .notHaveRawType("jdk.incubator.vector.IntVector")
        .andShould()
        .notHaveRawType("[Ljdk.incubator.vector.FloatVector;")
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.lanewise.runtime.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noPackageWithoutAMeaning() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..common..", "..manager..", "..impl..")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(CLASSES);
  }

  @Test
  void nothingPrints() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}
