package rrlog.formats.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.core.event.Position;

/** Finds out what stands where in an archive, as far as it is not damaged. */
final class ArchiveOpening {
  private final ArchiveFile file;
  private final ArchiveRecords records = new ArchiveRecords();
  private final List<Damage> flaws = new ArrayList<>();
  private final Optional<ArchiveFooter> footer;
  private final long tail;

  private final ArchiveMetadata metadata;
  private Optional<ArchiveTotals> totals = Optional.empty();
  private IndexTable table = new IndexTable();
  private boolean indexed;

  ArchiveOpening(ArchiveFile file) throws IOException {
    this.file = file;
    byte[] start = new byte[ArchiveFormat.MAGIC_SIZE];
    if (file.readUpTo(0, start, start.length) < start.length) {
      throw new MalformedArchiveException(
          "not an rrlog archive: " + file.size() + " bytes are too few");
    }
    ArchiveFormat.checkMagic(start);
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
    return at < ArchiveFormat.MAGIC_SIZE
        ? Optional.empty()
        : ArchiveFooter.of(file.read(at, ArchiveFooter.SIZE))
            .filter(found -> found.tail() <= file.size() - ArchiveFormat.MAGIC_SIZE);
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
      return metadataAt(ArchiveFormat.MAGIC_SIZE, -1);
    } catch (MalformedArchiveException damaged) {
      flaws.add(Damage.ofFrame(ArchiveFormat.MAGIC_SIZE, damaged.getMessage()));
      return second.orElseThrow(() -> damaged);
    }
  }

  private ArchiveMetadata metadataAt(long at, long end) throws IOException {
    return file.record(
        records,
        at,
        end,
        ArchiveFormat.METADATA_TAG,
        ArchiveMetadata.class,
        ArchiveFormat.MAX_METADATA,
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
                  ArchiveFormat.TOTALS_TAG,
                  ArchiveTotals.class,
                  ArchiveFormat.MAX_TOTALS,
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
              ArchiveFormat.INDEX_TAG,
              IndexRecord.class,
              ArchiveFormat.MAX_INDEX,
              "index");
      table = index.table(tail);
      indexed = true;
    } catch (MalformedArchiveException damaged) {
      flaws.add(Damage.ofFrame(at, damaged.getMessage()));
    }
  }

  private void scan() throws IOException {
    BlockScan scan = new BlockScan(file, records);
    scan.run(ArchiveFormat.MAGIC_SIZE);
    table = scan.table();
    flaws.addAll(scan.damages());
    totals = totals.or(scan::totals);
  }

  ArchiveMetadata metadata() {
    return metadata;
  }

  Optional<ArchiveTotals> totals() {
    return totals;
  }

  IndexTable table() {
    return table;
  }

  List<Damage> flaws() {
    return flaws;
  }

  /** Where the log ends, if that is known. */
  Optional<Position> logEnd() {
    if (totals.isPresent()) {
      ArchiveTotals told = totals.get();
      return Optional.of(new Position(told.events(), told.size(), told.instructions()));
    }
    boolean known = indexed && table.count() > 0;
    return known ? Optional.of(table.block(table.count() - 1).end()) : Optional.empty();
  }
}
