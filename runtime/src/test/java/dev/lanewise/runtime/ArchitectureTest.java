package dev.lanewise.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The borders of ARCHITECTURE.md. */
class ArchitectureTest {
  /** They use the Vector API, but not while a network trains. */
  private static final Set<String> PREPARING = Set.of("Generated", "Lanes");

  private static final String[] JDK = {"dev.lanewise.runtime..", "java..", "javax.imageio..", "javax.sound.sampled..", "jdk.incubator.vector.."};

  private static final String KERNELS = "dev.lanewise.runtime.kernel.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.lanewise.runtime");

  /** Kernels and graphs depend on nothing else; a format that somebody else keeps well is read by a library. */
  @Test
  void theRuntimeDependsOnTheJdkAloneButForFormats() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.lanewise.runtime.data.format")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(JDK)
        .check(CLASSES);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(Stream.concat(Stream.of(JDK), Stream.of("de.siegmar.fastcsv..")).toArray(String[]::new))
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
    slices().matching("dev.lanewise.runtime.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** A package says what belongs there and what does not; and why, if it holds fewer than 5 or more than 20 files. */
  @Test
  void packagesAreRoomsOfOneIdea() throws IOException {
    rooms().forEach((room, count) -> assertThat(room.resolve("package-info.java"))
        .content()
        .contains("Not here:")
        .contains(count > 20 ? "More than 20 files:" : count < 5 ? "Fewer than 5 files:" : ""));
  }

  private static Map<Path, Long> rooms() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev"))) {
      return files
          .filter(f -> f.toString().endsWith(".java") && !f.endsWith("package-info.java"))
          .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    }
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

  /** A kernel that the launcher does not name is interpreted for a while, hundreds of times slower. */
  @Test
  void theLauncherKnowsEveryKernelWrittenByHand() throws IOException {
    String options = Files.readString(Path.of("../repl/src/main/sh/java.sh"));
    assertThat(
            CLASSES.stream()
                .filter(c -> c.getPackageName().startsWith(KERNELS) && !c.getPackageName().equals(KERNELS + "code"))
                .filter(c -> isOnVectors(c) || isCompiledEarly(c))
                .filter(c -> !PREPARING.contains(c.getSimpleName()))
                .map(c -> c.getName().substring(KERNELS.length()).replace('.', '/')))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(options).contains(name + "."));
  }

  private static boolean isOnVectors(JavaClass c) {
    return c.getDirectDependenciesFromSelf().stream()
        .anyMatch(d -> d.getTargetClass().getPackageName().equals("jdk.incubator.vector"));
  }

  private static boolean isCompiledEarly(JavaClass c) {
    return c.getMethodCallsFromSelf().stream()
        .anyMatch(m -> m.getTargetOwner().isEquivalentTo(EarlyCompilation.class) && m.getName().equals("of"));
  }
}
