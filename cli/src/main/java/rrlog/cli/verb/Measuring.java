package rrlog.cli.verb;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import rrlog.cli.io.OutputFile;
import rrlog.cli.options.Declared;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.text.CoverageText;
import rrlog.cli.render.text.ProfileText;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.platform.image.Symbol;
import rrlog.core.run.trace.CallProfile;
import rrlog.core.run.trace.Coverage;

/** What a run executed, and how much of it, in files for other tools. */
final class Measuring {
  private static final String LCOV = ".info";

  private Optional<String> coverageFile = Optional.empty();

  private Optional<String> profileFile = Optional.empty();

  /** Declares the options. */
  void declare(Declared options) {
    options.word(
        option(
            "--coverage",
            "FILE",
            "Write which code was executed: drcov; lcov where FILE ends in .info."),
        value -> coverageFile = Optional.of(value));
    options.word(
        option(
            "--profile",
            "FILE",
            "Write instructions by call stack (for flame graphs); print functions."),
        value -> profileFile = Optional.of(value));
  }

  private Optional<Coverage> coverage = Optional.empty();
  private Optional<CallProfile> profile = Optional.empty();

  /**
   * From now on.
   *
   * @throws UsageException where the machine does not know enough
   */
  void start(VirtMachine machine, Tracing tracing) {
    if (coverageFile.filter(file -> file.endsWith(LCOV)).isPresent() && machine.lines().isEmpty()) {
      throw new UsageException(
          "--coverage "
              + coverageFile.get()
              + ": no ELF file of the machine has source lines; --symbols names another");
    }
    coverage = coverageFile.map(file -> new Coverage(machine.hart()));
    coverage.ifPresent(tracing::add);
    profile = profileFile.map(file -> new CallProfile(machine.hart(), machine.symbols()));
    profile.ifPresent(tracing::add);
  }

  /** The functions with the most instructions; empty without a profile. */
  String table() {
    return profile.map(ProfileText::table).orElse("");
  }

  /**
   * Writes the files.
   *
   * @param verb says what was written
   * @param log a file that may not be one of them
   */
  void write(VirtMachine machine, MachineConfig config, Verb verb, boolean force, String log)
      throws IOException {
    if (coverage.isPresent()) {
      String file = coverageFile.orElseThrow();
      try (OutputFile out = OutputFile.create(verb.terminal, file, force, List.of(log))) {
        if (file.endsWith(LCOV)) {
          CoverageText.lcov(coverage.get(), machine.lines(), out.stream());
        } else {
          CoverageText.drcov(
              coverage.get(), (start, end) -> module(machine, config, start, end), out.stream());
        }
        out.commit();
        verb.wrote(out, "coverage", "");
      }
    }
    if (profile.isPresent()) {
      String file = profileFile.orElseThrow();
      try (OutputFile out = OutputFile.create(verb.terminal, file, force, List.of(log))) {
        ProfileText.collapsed(profile.get(), out.stream());
        out.commit();
        verb.wrote(out, "profile", "");
      }
    }
  }

  /** The kernel's file where it has a name for something in a region of addresses. */
  private static String module(VirtMachine machine, MachineConfig config, long start, long end) {
    boolean named =
        machine.symbols().symbols().stream()
            .mapToLong(Symbol::address)
            .anyMatch(at -> Long.compareUnsigned(at - start, end - start) < 0);
    Optional<Path> file =
        config
            .kernel()
            .or(
                () ->
                    config.bios() instanceof MachineConfig.Bios.Image(Path bios)
                        ? Optional.of(bios)
                        : Optional.empty());
    return named ? file.map(Path::toString).orElse("memory") : "memory";
  }
}
