package rrlog.core.machine.board.virt;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import rrlog.core.replay.CharDevices;

/** What came out of the serial port: passed on, counted and hashed. */
final class Console implements CharDevices.Output {
  private final OutputStream out;
  private final MessageDigest digest;
  private long length;

  Console(OutputStream out) {
    this.out = out;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public CharDevices.Written write(byte[] bytes, int offset, int count) {
    try {
      out.write(bytes, offset, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    digest.update(bytes, offset, count);
    length += count;
    return CharDevices.Written.all(count);
  }

  MachineState.Console state() {
    try {
      return new MachineState.Console(length, ((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }
}
