package rrlog.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Which package may use which, over all modules: {@code core <- formats <- cli}, and within core
 * {@code event, state, qemu <- log <- analysis} and {@code log <- replay <- machine.platform <-
 * machine.riscv <- machine.board <- run}.
 */
@AnalyzeClasses(packages = "rrlog", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String CORE = "rrlog.core..";
  private static final String FORMATS = "rrlog.formats..";
  private static final String ARCHIVE = "rrlog.formats.archive";
  private static final String CLI = "rrlog.cli..";
  private static final String EVENT = "rrlog.core.event..";
  private static final String STATE = "rrlog.core.state..";
  private static final String QEMU = "rrlog.core.qemu..";
  private static final String LOG = "rrlog.core.log..";
  private static final String ANALYSIS = "rrlog.core.analysis..";
  private static final String REPLAY = "rrlog.core.replay..";
  private static final String MACHINE = "rrlog.core.machine..";
  private static final String PLATFORM = "rrlog.core.machine.platform..";
  private static final String RISCV = "rrlog.core.machine.riscv..";
  private static final String BOARD = "rrlog.core.machine.board..";
  private static final String RUN = "rrlog.core.run..";

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
  static final ArchRule event_knows_no_other_package_of_core = rrlogUsesOnly(EVENT, EVENT);

  @ArchTest static final ArchRule state_knows_no_other_package = rrlogUsesOnly(STATE, STATE);

  @ArchTest
  static final ArchRule qemu_stands_on_the_ground_floor = rrlogUsesOnly(QEMU, QEMU, EVENT);

  @ArchTest
  static final ArchRule log_knows_only_event_and_qemu = rrlogUsesOnly(LOG, LOG, EVENT, QEMU);

  @ArchTest
  static final ArchRule analysis_knows_only_log_and_below =
      rrlogUsesOnly(ANALYSIS, ANALYSIS, LOG, EVENT, QEMU);

  @ArchTest
  static final ArchRule replay_knows_no_device =
      rrlogUsesOnly(REPLAY, REPLAY, LOG, EVENT, QEMU, STATE);

  @ArchTest
  static final ArchRule machine_knows_the_engine_and_no_analysis =
      rrlogUsesOnly(MACHINE, MACHINE, REPLAY, LOG, EVENT, QEMU, STATE);

  @ArchTest
  static final ArchRule platform_knows_no_riscv =
      rrlogUsesOnly(PLATFORM, PLATFORM, REPLAY, LOG, EVENT, QEMU, STATE);

  @ArchTest
  static final ArchRule riscv_knows_no_board =
      rrlogUsesOnly(RISCV, RISCV, PLATFORM, REPLAY, LOG, EVENT, QEMU, STATE);

  @ArchTest
  static final ArchRule board_knows_what_it_wires =
      rrlogUsesOnly(BOARD, BOARD, RISCV, PLATFORM, REPLAY, LOG, EVENT, QEMU, STATE);

  @ArchTest static final ArchRule run_knows_all_of_core = rrlogUsesOnly(RUN, RUN, CORE);

  @ArchTest
  static final ArchRule nothing_in_core_knows_run =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .and()
          .resideOutsideOfPackage(RUN)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(RUN)
          .allowEmptyShould(true);

  @ArchTest static final ArchRule formats_know_core_only = rrlogUsesOnly(FORMATS, FORMATS, CORE);

  @ArchTest
  static final ArchRule what_an_archive_tells_needs_nothing_of_how_it_is_read =
      rrlogUsesOnly(ARCHIVE + ".api", ARCHIVE + ".api", CORE);

  @ArchTest
  static final ArchRule blocks_know_nothing_of_what_stands_around_them =
      rrlogUsesOnly(ARCHIVE + ".block", ARCHIVE + ".block", ARCHIVE + ".api", CORE);

  @ArchTest
  static final ArchRule the_index_knows_blocks =
      rrlogUsesOnly(
          ARCHIVE + ".index", ARCHIVE + ".index", ARCHIVE + ".block", ARCHIVE + ".api", CORE);

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

  /** Of rrlog's own packages, {@code of} depends on none but {@code allowed}. */
  private static ArchRule rrlogUsesOnly(String of, String... allowed) {
    return noClasses()
        .that()
        .resideInAPackage(of)
        .should()
        .dependOnClassesThat(resideInAPackage("rrlog..").and(not(resideInAnyPackage(allowed))))
        .as(of + " depends on no other package of rrlog than " + String.join(", ", allowed))
        .allowEmptyShould(true);
  }
}
