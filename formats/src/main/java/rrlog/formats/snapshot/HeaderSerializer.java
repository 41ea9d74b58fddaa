package rrlog.formats.snapshot;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.HexFormat;

/** A header's fields, by hand: the layout is public. */
final class HeaderSerializer extends Serializer<SnapshotHeader> {
  @Override
  public void write(Kryo kryo, Output out, SnapshotHeader header) {
    out.writeBytes(HexFormat.of().parseHex(header.recording()));
    out.writeLong(header.icount());
    out.writeLong(header.event());
  }

  @Override
  public SnapshotHeader read(Kryo kryo, Input in, Class<? extends SnapshotHeader> type) {
    return new SnapshotHeader(
        HexFormat.of().formatHex(in.readBytes(SnapshotHeader.DIGEST)),
        in.readLong(),
        in.readLong());
  }
}
