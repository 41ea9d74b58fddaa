package rrlog.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.Interruption;

/**
 * Runs the verbs that people start most, on real logs, for the AOT cache that the build makes: what
 * is loaded here starts faster later. Never part of a user's run.
 */
final class StartupTraining {
  private StartupTraining() {}

  public static void main(String[] args) throws IOException {
    // Whatever the runs print or return is of no interest, only what they load.
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    System.setOut(nowhere);
    System.setErr(nowhere);
    Main.run(FileNames.words(new String[] {"--help"}));
    Main.run("--version");
    for (Path log : logs(Path.of(args[0]))) {
      String file = log.toString();
      Main.run("info", file);
      Main.run("info", "--json", file);
      Main.run("dump", "--limit", "50", file);
      Main.run("dump", "--format", "jsonl", "--limit", "50", file);
      Main.run("validate", file);
      Main.run("diff", file, file);
    }
    // Long enough for the translator, which is as eager here as the launcher makes it.
    System.setProperty("rrlog.c1", "true");
    replay(Path.of(args[0], "riscv", "g01_hello"), "--until", "icount:1000");
    replay(Path.of(args[0], "riscv", "g01_hello"));
    replay(Path.of(args[0], "riscv", "g05_clock"));
    // As Main.main ends: the JVM loads its loggers to say nothing at its exit.
    Interruption.ended(0);
    System.exit(0);
  }

  private static void replay(Path guest, String... options) {
    List<String> words = new ArrayList<>(List.of("replay"));
    words.addAll(List.of(options));
    words.addAll(List.of("--chdir", guest.toString(), guest.resolve("s0-on.bin").toString()));
    words.addAll(List.of("--", "-M", "virt", "-bios", "none", "-kernel", "guest.elf"));
    words.addAll(List.of("-icount", "shift=0,sleep=on"));
    Main.run(words.toArray(String[]::new));
  }

  private static List<Path> logs(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.bin(\\.zst)?"))
          .filter(file -> file.toFile().length() < 20_000)
          .sorted()
          .limit(8)
          .toList();
    }
  }
}
