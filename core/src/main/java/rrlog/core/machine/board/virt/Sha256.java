package rrlog.core.machine.board.virt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * SHA-256 (FIPS 180-4) of bytes as they come. The JDK's own digests do not show their state, so a
 * machine that is put back could not go on hashing its console's output.
 */
final class Sha256 implements Stateful {
  private static final int BLOCK = 64;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** First 32 bits of the fractions of the cube roots of the first 64 primes. */
  private static final int[] K = roots(64, Math::cbrt);

  /** The same of the square roots of the first 8. */
  private static final int[] INITIAL = roots(8, Math::sqrt);

  private final int[] hash = INITIAL.clone();
  private final byte[] block = new byte[BLOCK];
  private final int[] schedule = new int[64];
  private long length;

  private static int[] roots(int count, DoubleUnaryOperator root) {
    int[] roots = new int[count];
    int found = 0;
    for (int number = 2; found < count; number++) {
      if (isPrime(number)) {
        roots[found++] = fraction(root.applyAsDouble(number));
      }
    }
    return roots;
  }

  private static boolean isPrime(int number) {
    for (int divisor = 2; divisor * divisor <= number; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return true;
  }

  /** A double has 18 bits more than the root of such a number needs for 32 of its fraction. */
  private static int fraction(double root) {
    return (int) (long) ((root - Math.floor(root)) * 0x1p32);
  }

  void update(byte[] bytes, int offset, int count) {
    int done = 0;
    while (done < count) {
      int at = (int) (length % BLOCK);
      int part = Math.min(count - done, BLOCK - at);
      System.arraycopy(bytes, offset + done, block, at, part);
      length += part;
      done += part;
      if (at + part == BLOCK) {
        compress(hash, block);
      }
    }
  }

  /** Bytes so far. */
  long length() {
    return length;
  }

  /** The hash of what came so far; more may come. */
  byte[] digest() {
    int[] end = hash.clone();
    int at = (int) (length % BLOCK);
    byte[] last = Arrays.copyOf(Arrays.copyOf(block, at), at < 56 ? BLOCK : 2 * BLOCK);
    last[at] = (byte) 0x80;
    ByteBuffer.wrap(last).putLong(last.length - Long.BYTES, length * Byte.SIZE);
    for (int from = 0; from < last.length; from += BLOCK) {
      compress(end, Arrays.copyOfRange(last, from, from + BLOCK));
    }
    ByteBuffer digest = ByteBuffer.allocate(end.length * Integer.BYTES);
    digest.asIntBuffer().put(end);
    return digest.array();
  }

  private void compress(int[] state, byte[] from) {
    int[] w = schedule;
    for (int i = 0; i < 16; i++) {
      w[i] = (int) WORD.get(from, i * Integer.BYTES);
    }
    for (int i = 16; i < 64; i++) {
      int low = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >>> 3;
      int high = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >>> 10;
      w[i] = w[i - 16] + low + w[i - 7] + high;
    }
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    int f = state[5];
    int g = state[6];
    int h = state[7];
    for (int i = 0; i < 64; i++) {
      int first =
          h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (e & f ^ ~e & g) + K[i] + w[i];
      int second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (a & b ^ a & c ^ b & c);
      h = g;
      g = f;
      f = e;
      e = d + first;
      d = c;
      c = b;
      b = a;
      a = first + second;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }

  private static int rotate(int value, int count) {
    return Integer.rotateRight(value, count);
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.numbers("hash", hash);
    visitor.bytes("block", block);
    length = visitor.number("length", length);
  }
}
