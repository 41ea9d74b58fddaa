package rrlog.cli.verb;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import rrlog.cli.options.TraceFormat;
import rrlog.cli.render.json.CommitDocument;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.text.InstructionText;
import rrlog.cli.render.text.SpikeText;
import rrlog.core.machine.riscv.hart.Probe;
import rrlog.core.run.ReExecution;
import rrlog.core.run.trace.Commit;
import rrlog.core.run.trace.Commits;

/** Executed instructions that are written down while a run goes on. */
final class Tracing {
  private final Probe traps;
  private final Flush flush;

  private Tracing(Probe traps, Flush flush) {
    this.traps = traps;
    this.flush = flush;
  }

  @FunctionalInterface
  private interface Flush {
    void run() throws IOException;
  }

  @FunctionalInterface
  private interface Write<T> {
    void of(T what) throws IOException;
  }

  /** Nothing is. */
  static Tracing none() {
    return new Tracing(Probe.NONE, () -> {});
  }

  /**
   * From now on.
   *
   * @param from first instruction count
   * @param to first one that is not written
   * @param out where they go
   */
  static Tracing of(ReExecution run, TraceFormat format, long from, long to, OutputStream out) {
    return switch (format) {
      case TEXT -> {
        InstructionText text = new InstructionText(run.machine());
        Write<String> write = line -> out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        run.trace(from, to, () -> unchecked(write, text.next()), () -> {});
        yield none();
      }
      case SPIKE -> {
        SpikeText text = new SpikeText(out);
        yield committed(run, from, to, text::line, text::flush);
      }
      case JSONL ->
          committed(
              run,
              from,
              to,
              commit -> Json.line(out, CommitDocument.of(commit, run.machine())),
              () -> {});
    };
  }

  private static Tracing committed(
      ReExecution run, long from, long to, Write<Commit> write, Flush flush) {
    Commits commits = new Commits(run.machine(), commit -> unchecked(write, commit));
    run.trace(from, to, commits::before, commits::after);
    return new Tracing(commits, flush);
  }

  private static <T> void unchecked(Write<T> write, T what) {
    try {
      write.of(what);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** To be told of traps. */
  Probe traps() {
    return traps;
  }

  /** Writes what is left. */
  void flush() throws IOException {
    flush.run();
  }
}
