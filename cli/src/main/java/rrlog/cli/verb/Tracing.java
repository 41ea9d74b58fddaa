package rrlog.cli.verb;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import rrlog.cli.options.TraceFormat;
import rrlog.cli.render.json.CommitJson;
import rrlog.cli.render.text.SpikeText;
import rrlog.cli.render.text.TraceText;
import rrlog.core.machine.riscv.hart.Probe;
import rrlog.core.run.ReExecution;
import rrlog.core.run.trace.Commit;
import rrlog.core.run.trace.Commits;
import rrlog.core.run.trace.Tracer;

/** Executed instructions that are looked at while a run goes on. */
final class Tracing {
  private final ReExecution run;
  private final List<Tracer> all = new ArrayList<>();
  private long from = Long.MAX_VALUE;
  private long to;
  private Flush flush = () -> {};

  /** Of a run that does not go on yet; nothing is looked at. */
  Tracing(ReExecution run) {
    this.run = run;
  }

  @FunctionalInterface
  private interface Flush {
    void run() throws IOException;
  }

  @FunctionalInterface
  private interface Write<T> {
    void of(T what) throws IOException;
  }

  /** Each instruction is looked at. */
  void add(Tracer tracer) {
    all.add(tracer);
    start(0, Long.MAX_VALUE);
  }

  /**
   * Instructions are written down.
   *
   * @param first instruction count of the first
   * @param end first one that is not written
   * @param out where they go
   */
  void write(TraceFormat format, long first, long end, OutputStream out) {
    Tracer tracer =
        switch (format) {
          case TEXT -> lines(out);
          case SPIKE -> {
            SpikeText text = new SpikeText(out);
            flush = text::flush;
            yield commits(text::line);
          }
          case JSONL -> commits(new CommitJson(run.machine(), out)::line);
        };
    all.add(new Part(tracer, first, end));
    start(first, end);
  }

  private Tracer lines(OutputStream out) {
    TraceText text = new TraceText(run.machine(), out);
    Write<TraceText> write = TraceText::line;
    return new Tracer() {
      @Override
      public void before() {
        unchecked(write, text);
      }

      @Override
      public void after() {
        // It was written before.
      }

      @Override
      public Probe traps() {
        return Probe.NONE;
      }
    };
  }

  private Tracer commits(Write<Commit> write) {
    return new Commits(run.machine(), commit -> unchecked(write, commit));
  }

  /** A tracer that is told of a part of the instructions. */
  private final class Part implements Tracer {
    private final Tracer tracer;
    private final long first;
    private final long end;
    private boolean inside;

    Part(Tracer tracer, long first, long end) {
      this.tracer = tracer;
      this.first = first;
      this.end = end;
    }

    @Override
    public void before() {
      long icount = run.machine().icount();
      inside = icount >= first && icount < end;
      if (inside) {
        tracer.before();
      }
    }

    @Override
    public void after() {
      if (inside) {
        tracer.after();
      }
    }

    @Override
    public Probe traps() {
      return tracer.traps();
    }
  }

  private void start(long first, long end) {
    from = Math.min(from, first);
    to = Math.max(to, end);
    if (all.size() == 1) {
      Tracer only = all.getFirst();
      run.trace(from, to, only::before, only::after);
    } else {
      run.trace(from, to, () -> all.forEach(Tracer::before), () -> all.forEach(Tracer::after));
    }
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
    return all.size() == 1 ? all.getFirst().traps() : new AllTraps(all);
  }

  /** Several that are told of traps. */
  private record AllTraps(List<Tracer> all) implements Probe {
    @Override
    public boolean executing(long pc) {
      return false;
    }

    @Override
    public void accessing(boolean store, long address, int size, long value) {
      // Nobody wants to know.
    }

    @Override
    public void trapping(int cause, long value, boolean interrupt) {
      all.forEach(tracer -> tracer.traps().trapping(cause, value, interrupt));
    }

    @Override
    public void trapped() {
      all.forEach(tracer -> tracer.traps().trapped());
    }

    @Override
    public void writing(int csr, long value) {
      // Nobody wants to know.
    }
  }

  /** Writes what is left. */
  void flush() throws IOException {
    flush.run();
  }
}
