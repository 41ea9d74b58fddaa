package rrlog.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import rrlog.core.testing.Samples;

/**
 * Which room may use which: the table in {@code docs/architecture.md}, and a few rules beside it.
 */
@AnalyzeClasses(
    packages = "rrlog",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeTestJars.class})
final class ArchitectureTest {
  /** In Maven's reactor the tests of core come as a jar of their own. */
  static final class DoNotIncludeTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String CORE = "rrlog.core..";
  private static final String CLI = "rrlog.cli..";
  private static final Rooms ROOMS = Rooms.in(Samples.root().resolve("docs/architecture.md"));

  /** Annotations of the compiler's null checks; no class of it is there at run time. */
  private static final String NULL_ANNOTATIONS = "org.jspecify.annotations..";

  @ArchTest
  static final ArchRule core_needs_nothing_but_the_jdk =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(CORE, "java..", NULL_ANNOTATIONS)
          .allowEmptyShould(true);

  @ArchTest
  static void every_room_uses_what_its_row_allows(JavaClasses classes) {
    Map<String, String> wrong = new TreeMap<>();
    for (JavaClass one : classes) {
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        String used = dependency.getTargetClass().getPackageName();
        if (used.startsWith("rrlog.") && !ROOMS.allow(one.getPackageName(), used)) {
          wrong.put(one.getPackageName() + " uses " + used, dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ArchTest
  static void every_package_has_a_room_and_every_room_a_package(JavaClasses classes) {
    Set<String> lived = new TreeSet<>(Set.of("core")); // nothing lies directly in it
    for (JavaClass one : classes) {
      lived.add(ROOMS.of(one.getPackageName()));
    }
    assertThat(lived).isEqualTo(ROOMS.names());
  }

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("rrlog.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule the_cli_alone_knows_picocli =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..")
          .allowEmptyShould(true);

  @ArchTest
  static void the_cli_alone_prints(JavaClasses classes) {
    for (String stream : new String[] {"out", "err", "in"}) {
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .accessField(System.class, stream)
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule the_cli_alone_ends_the_program =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .allowEmptyShould(true);
}
