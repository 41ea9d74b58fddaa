package rrlog.formats.archive.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.formats.archive.api.ArchiveMetadata;
import rrlog.formats.archive.api.ArchiveTotals;
import rrlog.formats.archive.api.Damage;
import rrlog.formats.archive.api.MalformedArchiveException;

/** Finds out what stands where in an archive, as far as it is not damaged. */
public final class ArchiveOpening {
  private final ArchiveFile file;
  private final ArchiveRecords records = new ArchiveRecords();
  private final List<Damage> flaws = new ArrayList<>();
  private final Optional<ArchiveFooter> footer;
  private final long tail;

  private final ArchiveMetadata metadata;
  private Optional<ArchiveTotals> totals = Optional.empty();
  private IndexTable table = new IndexTable();
  private boolean indexed;

  public ArchiveOpening(ArchiveFile file) throws IOException {
    this.file = file;
    byte[] start = new byte[ArchiveLayout.MAGIC_SIZE];
    if (file.readUpTo(0, start, start.length) < start.length) {
      throw new MalformedArchiveException(
          "not an rrlog archive: " + file.size() + " bytes are too few");
    }
    ArchiveLayout.checkMagic(start);
    footer = readFooter();
    tail = file.size() - footer.map(ArchiveFooter::tail).orElse(0L);
    if (footer.isEmpty()) {
      flaws.add(Damage.ofFrame(file.size(), "the archive is cut off or damaged at its end"));
    }
    metadata = readMetadata();
    readTotals();
    readIndex();
    if (!indexed) {
      scan();
    }
  }

  private Optional<ArchiveFooter> readFooter() throws IOException {
    long at = file.size() - ArchiveFooter.SIZE;
    return at < ArchiveLayout.MAGIC_SIZE
        ? Optional.empty()
        : ArchiveFooter.of(file.read(at, ArchiveFooter.SIZE))
            .filter(found -> found.tail() <= file.size() - ArchiveLayout.MAGIC_SIZE);
  }

  private ArchiveMetadata readMetadata() throws IOException {
    int twice = footer.map(ArchiveFooter::metadata).orElse(0);
    Optional<ArchiveMetadata> second = Optional.empty();
    if (twice > 0) {
      try {
        second = Optional.of(metadataAt(tail, tail + twice));
      } catch (MalformedArchiveException damaged) {
        flaws.add(Damage.ofFrame(tail, "second copy: " + damaged.getMessage()));
      }
    }
    try {
      return metadataAt(ArchiveLayout.MAGIC_SIZE, -1);
    } catch (MalformedArchiveException damaged) {
      flaws.add(Damage.ofFrame(ArchiveLayout.MAGIC_SIZE, damaged.getMessage()));
      return second.orElseThrow(() -> damaged);
    }
  }

  private ArchiveMetadata metadataAt(long at, long end) throws IOException {
    return file.record(
        records,
        at,
        end,
        ArchiveLayout.METADATA_TAG,
        ArchiveMetadata.class,
        ArchiveLayout.MAX_METADATA,
        "metadata");
  }

  private void readTotals() throws IOException {
    if (footer.isEmpty()) {
      return;
    }
    long at = tail + footer.get().metadata();
    try {
      totals =
          Optional.of(
              file.record(
                  records,
                  at,
                  at + footer.get().totals(),
                  ArchiveLayout.TOTALS_TAG,
                  ArchiveTotals.class,
                  ArchiveLayout.MAX_TOTALS,
                  "totals"));
    } catch (MalformedArchiveException damaged) {
      flaws.add(Damage.ofFrame(at, damaged.getMessage()));
    }
  }

  private void readIndex() throws IOException {
    if (footer.isEmpty() || footer.get().index() == 0) {
      return;
    }
    long at = tail + footer.get().metadata() + footer.get().totals();
    try {
      IndexRecord index =
          file.record(
              records,
              at,
              at + footer.get().index(),
              ArchiveLayout.INDEX_TAG,
              IndexRecord.class,
              ArchiveLayout.MAX_INDEX,
              "index");
      table = index.table(tail);
      indexed = true;
    } catch (MalformedArchiveException damaged) {
      flaws.add(Damage.ofFrame(at, damaged.getMessage()));
    }
  }

  private void scan() throws IOException {
    BlockScan scan = new BlockScan(file, records);
    scan.run(ArchiveLayout.MAGIC_SIZE);
    table = scan.table();
    flaws.addAll(scan.damages());
    totals = totals.or(scan::totals);
  }

  public ArchiveMetadata metadata() {
    return metadata;
  }

  public Optional<ArchiveTotals> totals() {
    return totals;
  }

  public IndexTable table() {
    return table;
  }

  public List<Damage> flaws() {
    return flaws;
  }

  /** Where the log ends, if that is known. */
  public Optional<Position> logEnd() {
    if (totals.isPresent()) {
      ArchiveTotals told = totals.get();
      return Optional.of(new Position(told.events(), told.size(), told.instructions()));
    }
    boolean known = indexed && table.count() > 0;
    return known ? Optional.of(table.block(table.count() - 1).end()) : Optional.empty();
  }
}
