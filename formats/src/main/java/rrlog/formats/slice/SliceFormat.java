package rrlog.formats.slice;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;
import rrlog.core.analysis.SlicePlan;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogSource;
import rrlog.core.log.LogWriter;
import rrlog.core.log.MappedSource;
import rrlog.core.log.StreamSource;
import rrlog.formats.CarriedState;
import rrlog.formats.FileLimits;
import rrlog.formats.LogFormat;
import rrlog.formats.archive.api.Recording;

/**
 * A part of a log that remembers where it begins in the original, and may carry the machine's state
 * there ({@code docs/slice.md}).
 */
public final class SliceFormat implements LogFormat {
  private static final String CUT = "the slice's state is cut off";

  private final Optional<SliceState> state;

  /** Slices without a state. */
  public SliceFormat() {
    this(Optional.empty());
  }

  /** For writing a log whose slice had this state. */
  public SliceFormat(Optional<SliceState> state) {
    this.state = state;
  }

  @Override
  public String name() {
    return "slice";
  }

  @Override
  public String extension() {
    return ".rrs";
  }

  @Override
  public boolean recognises(byte[] head) {
    return SliceHeader.recognises(head);
  }

  /** Mapped, and so independent of the channel. */
  @Override
  public Content open(FileChannel file, FileLimits limits) throws IOException {
    SliceHeader header = SliceHeader.read(Channels.newInputStream(file));
    long from = header.size() + header.state().map(CarriedState::bytes).orElse(0L);
    if (from > file.size()) {
      throw new EOFException(CUT);
    }
    MappedSource log = MappedSource.of(file, from);
    file.close();
    return content(header, log);
  }

  @Override
  public Content open(InputStream file, FileLimits limits) throws IOException {
    SliceHeader header = SliceHeader.read(file);
    if (header.state().isPresent()) {
      skip(file, header.state().get().bytes());
    }
    return content(header, new StreamSource(file, limits.event()));
  }

  private static void skip(InputStream file, long bytes) throws IOException {
    try {
      file.skipNBytes(bytes);
    } catch (EOFException cut) {
      throw new EOFException(CUT);
    }
  }

  private static Content content(SliceHeader header, LogSource log) {
    return new Content(
        log,
        Optional.of(header.dialect()),
        Optional.of(header.origin()),
        header.state(),
        Recording.UNKNOWN,
        Optional.empty());
  }

  /**
   * The bytes of the state that a slice carries.
   *
   * @param file the slice from its first byte on; closed with the result
   * @throws IOException where it is no slice that carries one
   */
  public static InputStream state(InputStream file) throws IOException {
    SliceHeader header = SliceHeader.read(file);
    CarriedState carried =
        header.state().orElseThrow(() -> new IOException("the slice carries no state"));
    return new PartStream(file, carried.bytes());
  }

  @Override
  public void write(LogReader log, OutputStream file) throws IOException {
    write(
        new SliceHeader(log.origin().orElse(LogHeader.FIRST_EVENT), log.dialect(), about(state)),
        state,
        file);
    LogWriter writer = new LogWriter(file, log.dialect());
    writer.copy(log);
    writer.flush();
  }

  /**
   * Writes what was planned: a log, or where it begins later a slice file.
   *
   * @param state of the machine where the slice begins; only where it begins later
   * @param log the log, opened anew, before its first event
   * @param file where it goes; flushed, not closed
   */
  public static void write(
      SlicePlan plan, Optional<SliceState> state, LogReader log, OutputStream file)
      throws IOException {
    if (plan.beginsLater()) {
      write(new SliceHeader(plan.start().position(), plan.dialect(), about(state)), state, file);
    }
    plan.write(log, file);
  }

  private static Optional<CarriedState> about(Optional<SliceState> state) {
    return state.map(SliceState::about);
  }

  private static void write(SliceHeader header, Optional<SliceState> state, OutputStream file)
      throws IOException {
    header.write(file);
    if (state.isPresent()) {
      state.get().write(file);
    }
  }
}
