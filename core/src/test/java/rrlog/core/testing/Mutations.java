package rrlog.core.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes as an unlucky disk, or somebody who means it, would change them. */
public final class Mutations {
  private Mutations() {}

  /**
   * One to eight changes of bytes.
   *
   * @param original not changed itself
   * @param other where parts are taken from
   */
  public static byte[] of(Rolls rolls, byte[] original, byte[] other) {
    byte[] bytes = original.clone();
    for (long left = rolls.between(1, 8); left > 0 && bytes.length > 0; left--) {
      bytes = changed(rolls, bytes, other);
    }
    return bytes;
  }

  private static byte[] changed(Rolls rolls, byte[] bytes, byte[] other) {
    int at = place(rolls, bytes.length);
    int length = (int) rolls.between(1, Math.min(bytes.length - at, rolls.flag() ? 9 : 300));
    switch ((int) rolls.between(0, 8)) {
      case 0 -> bytes[at] ^= (byte) (1 << rolls.between(0, 7));
      case 1 -> bytes[at] = (byte) rolls.u8();
      case 2 -> {
        if (bytes.length - at >= Integer.BYTES) {
          ByteBuffer.wrap(bytes).putInt(at, rolls.anyInt());
        }
      }
      case 3 -> {
        if (bytes.length - at >= Long.BYTES) {
          ByteBuffer.wrap(bytes).putLong(at, rolls.anyLong());
        }
      }
      case 4 -> {
        return joined(bytes, at, new byte[0], at + length);
      }
      case 5 -> {
        return joined(bytes, at, rolls.bytes(12), at);
      }
      case 6 -> {
        return joined(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
      }
      case 7 -> {
        int from = place(rolls, other.length);
        byte[] part = Arrays.copyOfRange(other, from, Math.min(other.length, from + length));
        return joined(bytes, at, part, rolls.flag() ? at : Math.min(bytes.length, at + length));
      }
      default -> {
        return rolls.between(0, 3) == 0 ? Arrays.copyOf(bytes, at) : bytes;
      }
    }
    return bytes;
  }

  /** The start of a file matters more than the rest. */
  private static int place(Rolls rolls, int size) {
    return (int) rolls.between(0, Math.min(size - 1, rolls.flag() ? 200 : size - 1));
  }

  private static byte[] joined(byte[] bytes, int before, byte[] middle, int after) {
    return ByteBuffer.allocate(before + middle.length + bytes.length - after)
        .put(bytes, 0, before)
        .put(middle)
        .put(bytes, after, bytes.length - after)
        .array();
  }
}
