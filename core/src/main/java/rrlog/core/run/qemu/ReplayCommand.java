package rrlog.core.run.qemu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rrlog.core.analysis.doctor.QemuCommand;

/**
 * The command line with which a QEMU re-executes a log.
 *
 * @param program the QEMU, a name on the PATH or a path, and what may stand before it
 * @param options those of the recording, as they were typed
 * @param folder where it runs, and what names of files are relative to
 */
public record ReplayCommand(List<String> program, List<String> options, Path folder) {
  private static final String ICOUNT = "icount";

  /** Each says where the picture goes; without one QEMU wants a window. */
  private static final Set<String> DISPLAYS =
      Set.of("display", "nographic", "vnc", "curses", "sdl", "spice", "daemonize");

  /** Copies the lists. */
  public ReplayCommand {
    program = List.copyOf(program);
    options = List.copyOf(options);
  }

  /** Whether the options say how instructions become time, without which nothing is replayed. */
  public boolean hasIcount() {
    return indexOf(ICOUNT) + 1 < options.size() && QemuCommand.of(options).has(ICOUNT);
  }

  /**
   * The same with another way from instructions to time.
   *
   * @param icount what stands behind {@code -icount}
   */
  ReplayCommand with(String icount) {
    List<String> changed = new ArrayList<>(options);
    changed.set(indexOf(ICOUNT) + 1, icount);
    return with(changed);
  }

  /** The same with other options. */
  ReplayCommand with(List<String> others) {
    return new ReplayCommand(program, others, folder);
  }

  /**
   * The words for the shell; QEMU then waits until QMP lets it go.
   *
   * @param log the log, in QEMU's own format
   * @param socket where QMP shall listen
   */
  List<String> words(Path log, Path socket) {
    List<String> words = new ArrayList<>(program);
    List<String> own = new ArrayList<>(options);
    int icount = indexOf(ICOUNT) + 1;
    own.set(icount, playing(own.get(icount), log));
    words.addAll(own);
    if (DISPLAYS.stream().noneMatch(QemuCommand.of(options)::has)) {
      words.addAll(List.of("-display", "none"));
    }
    words.addAll(List.of("-qmp", "unix:" + escaped(socket) + ",server=on,wait=off"));
    words.add("-S");
    return words;
  }

  /** QEMU takes one dash and two. */
  private int indexOf(String option) {
    int one = options.indexOf("-" + option);
    return one >= 0 ? one : options.indexOf("--" + option);
  }

  private static String playing(String icount, Path log) {
    Stream<String> kept =
        Arrays.stream(icount.split("(?<!,),(?!,)"))
            .filter(part -> !part.startsWith("rr=") && !part.startsWith("rrfile="));
    return Stream.concat(kept, Stream.of("rr=replay", "rrfile=" + escaped(log.toAbsolutePath())))
        .collect(Collectors.joining(","));
  }

  /** A comma in a value is written twice. */
  private static String escaped(Path path) {
    return path.toString().replace(",", ",,");
  }
}
