package rrlog.formats.archive.index;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import rrlog.core.log.Certainty;
import rrlog.core.log.LogHeader;
import rrlog.formats.archive.api.ArchiveMetadata;
import rrlog.formats.archive.api.ArchiveTotals;
import rrlog.formats.archive.api.RecordedFile;
import rrlog.formats.archive.api.Recording;

/**
 * How the fields of records stand in an archive. Written out by hand: the layout is public, nothing
 * needs reflection, and no length is believed before it is compared with what is left.
 */
final class RecordSerializers {
  private static final int DIGEST = 32;

  private RecordSerializers() {}

  private static void writeText(Output out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeVarInt(bytes.length, true);
    out.writeBytes(bytes);
  }

  private static String readText(Input in) {
    byte[] bytes = in.readBytes(readLength(in));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new RecordFieldException("a text that is not UTF-8");
    }
  }

  /** A number of things of which each takes at least a byte. */
  private static int readLength(Input in) {
    int length = in.readVarInt(true);
    int left = in.limit() - in.position();
    if (length < 0 || length > left) {
      throw new RecordFieldException(
          "a length of " + length + " where " + left + " bytes are left");
    }
    return length;
  }

  private static <T> void writeList(Output out, List<T> list, BiConsumer<Output, T> element) {
    out.writeVarInt(list.size(), true);
    list.forEach(item -> element.accept(out, item));
  }

  private static <T> List<T> readList(Input in, Function<Input, T> element) {
    int length = readLength(in);
    List<T> list = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      list.add(element.apply(in));
    }
    return list;
  }

  private static <T> void writeOptional(
      Output out, Optional<T> value, BiConsumer<Output, T> element) {
    out.writeBoolean(value.isPresent());
    value.ifPresent(present -> element.accept(out, present));
  }

  private static <T> Optional<T> readOptional(Input in, Function<Input, T> element) {
    return in.readBoolean() ? Optional.of(element.apply(in)) : Optional.empty();
  }

  private static void writeDigest(Output out, String hex) {
    out.writeBytes(HexFormat.of().parseHex(hex));
  }

  private static String readDigest(Input in) {
    return HexFormat.of().formatHex(in.readBytes(DIGEST));
  }

  private static Certainty readCertainty(Input in) {
    String label = readText(in);
    return Arrays.stream(Certainty.values())
        .filter(known -> known.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new RecordFieldException("how sure the dialect is, is no known word"));
  }

  private static long readCount(Input in) {
    long count = in.readVarLong(true);
    if (count < 0) {
      throw new RecordFieldException("a number of " + count);
    }
    return count;
  }

  /** The header's 12 bytes, dialect, certainty, version of rrlog, and the recording. */
  static final class OfMetadata extends Serializer<ArchiveMetadata> {
    @Override
    public void write(Kryo kryo, Output out, ArchiveMetadata metadata) {
      out.writeBytes(metadata.header().toByteArray());
      writeText(out, metadata.dialect());
      writeText(out, metadata.certainty().label());
      writeText(out, metadata.rrlogVersion());
      kryo.writeObject(out, metadata.recording());
    }

    @Override
    public ArchiveMetadata read(Kryo kryo, Input in, Class<? extends ArchiveMetadata> type) {
      return new ArchiveMetadata(
          LogHeader.of(in.readBytes(LogHeader.SIZE)),
          readText(in),
          readCertainty(in),
          readText(in),
          kryo.readObject(in, Recording.class));
    }
  }

  /** Command line, version of QEMU, files, notes, time in ms since 1970. */
  static final class OfRecording extends Serializer<Recording> {
    @Override
    public void write(Kryo kryo, Output out, Recording recording) {
      writeList(out, recording.commandLine(), RecordSerializers::writeText);
      writeOptional(out, recording.qemuVersion(), RecordSerializers::writeText);
      writeList(out, recording.files(), kryo::writeObject);
      writeList(out, recording.notes(), RecordSerializers::writeText);
      writeOptional(out, recording.created(), (o, t) -> o.writeVarLong(t.toEpochMilli(), false));
    }

    @Override
    public Recording read(Kryo kryo, Input in, Class<? extends Recording> type) {
      return new Recording(
          readList(in, RecordSerializers::readText),
          readOptional(in, RecordSerializers::readText),
          readList(in, i -> kryo.readObject(i, RecordedFile.class)),
          readList(in, RecordSerializers::readText),
          readOptional(in, i -> Instant.ofEpochMilli(i.readVarLong(false))));
    }
  }

  /** Name, size, SHA-256. */
  static final class OfFile extends Serializer<RecordedFile> {
    @Override
    public void write(Kryo kryo, Output out, RecordedFile file) {
      writeText(out, file.name());
      out.writeVarLong(file.size(), true);
      writeDigest(out, file.sha256());
    }

    @Override
    public RecordedFile read(Kryo kryo, Input in, Class<? extends RecordedFile> type) {
      return new RecordedFile(readText(in), readCount(in), readDigest(in));
    }
  }

  /** Events, instructions, size, SHA-256. */
  static final class OfTotals extends Serializer<ArchiveTotals> {
    @Override
    public void write(Kryo kryo, Output out, ArchiveTotals totals) {
      out.writeVarLong(totals.events(), true);
      out.writeVarLong(totals.instructions(), true);
      out.writeVarLong(totals.size(), true);
      writeDigest(out, totals.sha256());
    }

    @Override
    public ArchiveTotals read(Kryo kryo, Input in, Class<? extends ArchiveTotals> type) {
      return new ArchiveTotals(readCount(in), readCount(in), readCount(in), readDigest(in));
    }
  }

  /** Offset of the first block, number of blocks, their lengths to the end of the record. */
  static final class OfIndex extends Serializer<IndexRecord> {
    @Override
    public void write(Kryo kryo, Output out, IndexRecord index) {
      out.writeVarLong(index.firstBlock(), true);
      out.writeVarInt(index.blocks(), true);
      out.writeBytes(index.lengths());
    }

    @Override
    public IndexRecord read(Kryo kryo, Input in, Class<? extends IndexRecord> type) {
      long firstBlock = readCount(in);
      int blocks = readLength(in);
      return new IndexRecord(firstBlock, blocks, in.readBytes(in.limit() - in.position()));
    }
  }
}
