package rrlog.formats.archive.api;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import rrlog.core.analysis.LogPosition;
import rrlog.core.log.Dialect;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogSource;

/**
 * An archive in a file, read anywhere.
 *
 * <p>A damaged archive opens as long as its metadata is there once; {@link #flaws()} tells what is
 * wrong with what stands around the blocks, {@link #verify()} reads everything. Several sources and
 * sections may be open at a time, each confined to one thread.
 */
public interface Archive extends Closeable {
  /** What was written in front. */
  ArchiveMetadata metadata();

  /** The dialect of the log. */
  Dialect dialect();

  /** What is known of the whole log; empty where the end of the archive is lost. */
  Optional<ArchiveTotals> totals();

  /** What was found damaged when the archive was opened, without looking into blocks. */
  List<Damage> flaws();

  /** Number of blocks that can be found. */
  int blocks();

  /** One of the blocks, from 0. */
  ArchiveBlock block(int number);

  /**
   * The whole log, from its header on. {@link LogSource#require} throws {@link
   * DamagedBlockException} where it comes to a damaged block.
   */
  LogSource source();

  /** The whole log, opened with the dialect that the archive tells. */
  LogReader log() throws IOException;

  /** A section that begins with the first event of a block, at a place or before it. */
  ArchiveSection near(LogPosition place) throws IOException;

  /**
   * What can be read after a damaged part.
   *
   * @return a section, or empty where nothing follows
   */
  Optional<ArchiveSection> after(Damage damage) throws IOException;

  /**
   * Copies out the log, byte by byte as it was.
   *
   * @throws DamagedBlockException at the first part that is damaged; what stands before it has been
   *     copied
   */
  void copyTo(OutputStream output) throws IOException;

  /**
   * Reads all of the archive.
   *
   * @return what is damaged, in the order of the archive; empty where nothing is
   */
  List<Damage> verify() throws IOException;
}
