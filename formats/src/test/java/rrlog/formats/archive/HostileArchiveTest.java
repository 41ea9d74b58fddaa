package rrlog.formats.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import rrlog.core.log.Certainty;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.LogHeader;
import rrlog.formats.archive.api.ArchiveMetadata;
import rrlog.formats.archive.api.ArchiveSettings;
import rrlog.formats.archive.api.ArchiveTotals;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.api.Recording;
import rrlog.formats.archive.block.BlockHeader;
import rrlog.formats.archive.block.VarintWriter;
import rrlog.formats.archive.index.ArchiveFooter;
import rrlog.formats.archive.index.ArchiveLayout;
import rrlog.formats.archive.index.ArchiveRecords;
import rrlog.formats.archive.index.IndexRecord;

/** Archives made to do harm, with checksums that match: they are refused, at little cost. */
class HostileArchiveTest {
  private static final Dialect DIALECT = Dialects.newest();

  private final ArchiveRecords records = new ArchiveRecords();

  /** A record with any contents, version included. */
  private static byte[] frame(int tag, byte[] contents) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(8).putInt(tag).putInt(contents.length).flip());
    sum.update(contents);
    return ByteBuffer.allocate(12 + contents.length)
        .putInt(tag)
        .putInt(contents.length)
        .putInt((int) sum.getValue())
        .put(contents)
        .array();
  }

  private static byte[] record(Consumer<Output> contents) {
    Output out = new Output(64, -1);
    out.writeByte(1);
    contents.accept(out);
    return frame(ArchiveLayout.METADATA_TAG, out.toBytes());
  }

  private static void assertRefused(byte[] metadata, String why) {
    byte[] archive =
        ByteBuffer.allocate(8 + metadata.length).put(ArchiveLayout.magic()).put(metadata).array();
    assertThatThrownBy(() -> Archives.open(archive).close())
        .isInstanceOf(MalformedArchiveException.class)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> Archives.streamed(archive))
        .isInstanceOf(MalformedArchiveException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refuses_a_class_that_is_not_registered() {
    assertRefused(record(out -> out.writeVarInt(99 + 2, true)), "the metadata cannot be read");
  }

  @Test
  void refuses_the_name_of_a_class() {
    Kryo careless = new Kryo();
    careless.setRegistrationRequired(false);
    byte[] metadata = record(out -> careless.writeClassAndObject(out, new ArrayList<>()));

    assertRefused(metadata, "metadata");
  }

  @Test
  void refuses_another_registered_class() {
    byte[] totals = contentsOf(new ArchiveTotals(1, 2, 3, "00".repeat(32)));

    assertRefused(frame(ArchiveLayout.METADATA_TAG, totals), "holds something else");
  }

  @Test
  void refuses_a_string_where_a_record_is_expected() {
    // Class 1 of Kryo is String: it would allocate what the length tells.
    assertRefused(
        record(
            out -> {
              out.writeVarInt(1 + 2, true);
              out.writeVarInt(Integer.MAX_VALUE, true);
            }),
        "holds something else");
  }

  @Test
  void refuses_texts_that_are_longer_than_the_record() {
    assertRefused(
        record(
            out -> {
              out.writeVarInt(16 + 2, true);
              out.writeBytes(new byte[12]);
              out.writeVarInt(Integer.MAX_VALUE, true);
            }),
        "bytes are left");
  }

  @Test
  void says_what_is_wrong_without_names_of_classes_or_bytes_of_the_file() {
    byte[] contents = contentsOf(metadata());
    String text = new String(contents, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("certain");
    contents[at + 2] = 0x1b;

    assertThatThrownBy(() -> read(frame(ArchiveLayout.METADATA_TAG, contents)))
        .isInstanceOf(MalformedArchiveException.class)
        .hasMessage("the metadata cannot be read: how sure the dialect is, is no known word");
  }

  private static void read(byte[] metadata) throws IOException {
    byte[] archive =
        ByteBuffer.allocate(8 + metadata.length).put(ArchiveLayout.magic()).put(metadata).array();
    Archives.open(archive).close();
  }

  @Test
  void refuses_an_unknown_version_of_records() {
    byte[] contents = contentsOf(metadata());
    contents[0] = 2;

    assertRefused(frame(ArchiveLayout.METADATA_TAG, contents), "unknown version 2");
  }

  @Test
  void refuses_bytes_after_a_record() {
    byte[] contents = contentsOf(metadata());

    assertRefused(
        frame(ArchiveLayout.METADATA_TAG, Arrays.copyOf(contents, contents.length + 1)),
        "followed by other bytes");
  }

  @Test
  void refuses_a_newer_format() {
    byte[] archive = Arrays.copyOf(ArchiveLayout.magic(), 100);
    archive[7] = 9;

    assertThatThrownBy(() -> Archives.open(archive).close())
        .isInstanceOf(MalformedArchiveException.class)
        .hasMessageContaining("version 9");
  }

  @Test
  void refuses_a_dialect_that_it_does_not_know() {
    ArchiveMetadata unknown =
        new ArchiveMetadata(
            LogHeader.of(new byte[12]), "e09999", Certainty.CERTAIN, "x", Recording.UNKNOWN);
    byte[] metadata = frame(ArchiveLayout.METADATA_TAG, contentsOf(unknown));
    byte[] archive =
        ByteBuffer.allocate(8 + metadata.length).put(ArchiveLayout.magic()).put(metadata).array();

    assertThatThrownBy(() -> Archives.open(archive).close())
        .isInstanceOf(MalformedArchiveException.class)
        .hasMessageContaining("e09999");
  }

  private static ArchiveMetadata metadata() {
    return new ArchiveMetadata(
        LogHeader.finished(DIALECT), DIALECT.id(), Certainty.CERTAIN, "x", Recording.UNKNOWN);
  }

  private byte[] contentsOf(Object object) {
    try {
      byte[] frame = records.frame(0, object, 1 << 20);
      return Arrays.copyOfRange(frame, 12, frame.length);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void survives_any_contents_of_a_block() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 10, 400);
    byte[] archive = Archives.of(log, Optional.of(DIALECT), new ArchiveSettings(2048, 1));
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    int[] blocks = blocks(archive);
    int refused = 0;
    for (int round = 0; round < 5000; round++) {
      byte[] hostile = archive.clone();
      damageBlock(hostile, blocks[random.nextInt(blocks.length)], random);
      try {
        Archives.streamed(hostile);
      } catch (MalformedArchiveException expected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(4900);
  }

  private static int[] blocks(byte[] archive) throws IOException {
    try (ArchiveReader reader = Archives.open(archive)) {
      return IntStream.range(0, reader.blocks())
          .map(number -> (int) reader.block(number).archiveOffset())
          .toArray();
    }
  }

  /** Changes bytes of a block's contents and makes its checksums match again. */
  private static void damageBlock(byte[] archive, int at, RandomGenerator random) {
    int stored = ByteBuffer.wrap(archive).getInt(at + 52);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      archive[at + BlockHeader.SIZE + random.nextInt(stored)] = (byte) random.nextInt();
    }
    signBlock(archive, at, stored);
  }

  private static void signBlock(byte[] archive, int at, int stored) {
    ByteBuffer all = ByteBuffer.wrap(archive);
    all.putInt(at + 56, BlockHeader.checksumOf(archive, at + BlockHeader.SIZE, stored));
    all.putInt(at + 4, BlockHeader.checksumOf(archive, at + 8, BlockHeader.SIZE - 8));
  }

  @Test
  void searches_in_linear_time() {
    // After damaged metadata and without an index: tags that lead nowhere, one behind the other.
    byte[] archive = new byte[4 << 20];
    byte[] tags = "RRABRRATRRAM".getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < archive.length; i++) {
      archive[i] = tags[i % tags.length];
    }
    byte[] metadata = frame(ArchiveLayout.METADATA_TAG, contentsOf(metadata()));
    System.arraycopy(ArchiveLayout.magic(), 0, archive, 0, 8);
    System.arraycopy(metadata, 0, archive, 8, metadata.length);

    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          try (ArchiveReader reader = Archives.open(archive)) {
            assertThat(reader.blocks()).isZero();
            assertThat(reader.verify()).isNotEmpty();
          }
        });
  }

  @Test
  void refuses_an_index_that_does_not_fit_the_blocks() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 11, 400);
    byte[] archive = Archives.of(log, Optional.of(DIALECT), new ArchiveSettings(2048, 1));
    VarintWriter lengths = new VarintWriter();
    for (int i = 0; i < 5000; i++) {
      lengths.put(2);
      lengths.put(Long.MAX_VALUE);
      lengths.put(1);
      lengths.put(1);
    }
    IndexRecord index = new IndexRecord(8, 5000, Arrays.copyOf(lengths.array(), lengths.size()));
    byte[] hostile = withIndex(archive, index);

    try (ArchiveReader reader = Archives.open(hostile)) {
      assertThat(reader.flaws()).isNotEmpty();
      assertThat(Archives.restored(reader)).isEqualTo(log);
    }
  }

  private byte[] withIndex(byte[] archive, IndexRecord index) throws IOException {
    ArchiveFooter footer =
        ArchiveFooter.of(
                Arrays.copyOfRange(archive, archive.length - ArchiveFooter.SIZE, archive.length))
            .orElseThrow();
    byte[] frame = records.frame(ArchiveLayout.INDEX_TAG, index, ArchiveLayout.MAX_INDEX);
    int kept = archive.length - ArchiveFooter.SIZE - footer.index();
    return ByteBuffer.allocate(kept + frame.length + ArchiveFooter.SIZE)
        .put(archive, 0, kept)
        .put(frame)
        .put(new ArchiveFooter(footer.metadata(), footer.totals(), frame.length).toByteArray())
        .array();
  }
}
