package rrlog.core.log;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Builds logs byte by byte, with the codes that {@code dialects.json} gives to QEMU's names. */
final class LogBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final DialectFacts facts;

  /** A log with the header of a finished one. */
  LogBytes(Dialect dialect) {
    this(dialect, dialect.version());
  }

  /** A log with a version word. */
  LogBytes(Dialect dialect, int version) {
    facts = DialectFacts.of(dialect);
    u32(version).u64(0);
  }

  /** The code of an event, by QEMU's name for it. */
  LogBytes code(String qemuName) {
    return u8(facts.code(qemuName));
  }

  /** What every log begins with. */
  LogBytes started() {
    return code("CHECKPOINT_INIT").code("CHECKPOINT_RESET");
  }

  LogBytes u8(int value) {
    bytes.write(value);
    return this;
  }

  LogBytes u32(long value) {
    return write(() -> out.writeInt((int) value));
  }

  LogBytes u64(long value) {
    return write(() -> out.writeLong(value));
  }

  LogBytes raw(byte... data) {
    bytes.writeBytes(data);
    return this;
  }

  LogBytes zeros(int count) {
    return raw(new byte[count]);
  }

  int length() {
    return bytes.size();
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private interface Writing {
    void run() throws IOException;
  }

  private LogBytes write(Writing writing) {
    try {
      writing.run();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return this;
  }
}
