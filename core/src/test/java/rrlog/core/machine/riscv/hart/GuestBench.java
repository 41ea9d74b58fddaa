package rrlog.core.machine.riscv.hart;

import java.nio.file.Files;
import java.nio.file.Path;
import rrlog.core.machine.platform.image.ProgramImage;

/**
 * Runs an ELF on the test board, prints its console and how fast it ran: {@code GuestBench
 * guest.elf [rounds]}.
 */
final class GuestBench {
  private GuestBench() {}

  public static void main(String[] args) throws Exception {
    ProgramImage image = ProgramImage.elf(Files.readAllBytes(Path.of(args[0])));
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    for (int i = 0; i < rounds; i++) {
      TestMachine machine = new TestMachine();
      machine.load(image);
      long start = System.nanoTime();
      machine.run(2_000_000_000L);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (i == 0) {
        System.out.print(machine.consoleText());
      }
      System.err.printf(
          "%d instructions, %.2f s, %.1f million a second%n",
          machine.hart.icount(), seconds, machine.hart.icount() / seconds / 1e6);
    }
  }
}
