import java.nio.file.Path;
import java.util.List;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.StopAt;
import rrlog.core.run.Outcome;
import rrlog.core.run.ReExecution;

/**
 * Re-executes a log and tells where it got to:
 *
 * <p>{@code java -p rrlog/lib --add-modules rrlog.core ReExecute.java LOG RELEASE QEMU-OPTIONS...}
 */
public class ReExecute {
  public static void main(String... arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    List<String> options = List.of(arguments).subList(2, arguments.length);
    MachineConfig machine =
        QemuOptions.parse(options, file.toAbsolutePath().getParent(), Release.of(arguments[1]));
    try (LogReader log = LogReader.open(file);
        ReExecution run = ReExecution.of(log, machine, System.out)) {
      Outcome outcome = run.play(StopAt.END);
      System.out.printf("%s after %d instructions%n", outcome.ended(), outcome.result().icount());
      outcome.divergence().ifPresent(System.out::println);
      System.out.printf("pc 0x%x, RAM %s%n", run.machine().pc(), run.state().ram());
    }
  }
}
