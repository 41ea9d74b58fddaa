package rrlog.formats.snapshot;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import rrlog.core.state.PagedMemory;
import rrlog.core.state.StateTree;

/**
 * A state's values one after the other, each with a tag and a name. What is read is counted: no
 * more than the limit is ever allocated, and no more than the stream had before.
 */
final class StateSerializer extends Serializer<StateTree> {
  private static final int END = 0;
  private static final int NUMBER = 1;
  private static final int NUMBERS = 2;
  private static final int BYTES = 3;
  private static final int TEXT = 4;
  private static final int MEMORY = 5;
  private static final int PART = 6;

  private static final int MOST_NAME = 255;

  /** Parts within parts. */
  private static final int DEEPEST = 64;

  /** What a value takes in memory beside its content, about. */
  private static final int OVERHEAD = 100;

  /** So much is allocated before the stream has shown that it is there. */
  private static final int CHUNK = 1 << 16;

  private final long limit;
  private long taken;

  /** Reads states that take at most so many bytes of memory. */
  StateSerializer(long limit) {
    this.limit = limit;
  }

  private record Writer(Output out) implements StateTree.Content {
    private void begin(int tag, String name) {
      out.writeByte(tag);
      bytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte[] bytes) {
      out.writeVarInt(bytes.length, true);
      out.writeBytes(bytes);
    }

    @Override
    public void number(String name, long value) {
      begin(NUMBER, name);
      out.writeLong(value);
    }

    @Override
    public void numbers(String name, long[] values) {
      begin(NUMBERS, name);
      out.writeVarInt(values.length, true);
      for (long value : values) {
        out.writeLong(value);
      }
    }

    @Override
    public void bytes(String name, byte[] values) {
      begin(BYTES, name);
      bytes(values);
    }

    @Override
    public void text(String name, String value) {
      begin(TEXT, name);
      bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void memory(String name, int pages) {
      begin(MEMORY, name);
      out.writeVarInt(pages, true);
    }

    @Override
    public void page(int number, byte[] content) {
      out.writeVarInt(number + 1, true);
      out.writeBytes(content);
    }

    @Override
    public void endOfMemory() {
      out.writeVarInt(0, true);
    }

    @Override
    public void part(String name) {
      begin(PART, name);
    }

    @Override
    public void endOfPart() {
      out.writeByte(END);
    }
  }

  @Override
  public void write(Kryo kryo, Output out, StateTree state) {
    state.tell(new Writer(out));
    out.writeByte(END);
  }

  @Override
  public StateTree read(Kryo kryo, Input in, Class<? extends StateTree> type) {
    StateTree.Builder builder = new StateTree.Builder();
    int depth = 0;
    while (true) {
      int tag = in.readByteUnsigned();
      if (tag == END && depth == 0) {
        return builder.build();
      }
      if (tag == END) {
        builder.endOfPart();
        depth--;
        continue;
      }
      take(OVERHEAD);
      String name = text(in, MOST_NAME);
      switch (tag) {
        case NUMBER -> builder.number(name, in.readLong());
        case NUMBERS -> builder.numbers(name, numbers(in));
        case BYTES -> builder.bytes(name, bytes(in, Integer.MAX_VALUE));
        case TEXT -> builder.text(name, text(in, Integer.MAX_VALUE));
        case MEMORY -> memory(in, name, builder);
        case PART -> {
          if (++depth > DEEPEST) {
            throw new StateFieldException("parts within parts without end");
          }
          builder.part(name);
        }
        default -> throw new StateFieldException("a value of an unknown kind, " + tag);
      }
    }
  }

  private void take(long bytes) {
    taken += bytes;
    if (bytes < 0 || taken > limit) {
      throw new StateFieldException("it is larger than the machine");
    }
  }

  private byte[] bytes(Input in, int most) {
    int length = in.readVarInt(true);
    if (length < 0 || length > most) {
      throw new StateFieldException("a length of " + length);
    }
    take(length);
    byte[] bytes = new byte[Math.min(length, CHUNK)];
    int got = bytes.length;
    in.readBytes(bytes, 0, got);
    while (got < length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
      in.readBytes(bytes, got, bytes.length - got);
      got = bytes.length;
    }
    return bytes;
  }

  private String text(Input in, int most) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(in, most)))
          .toString();
    } catch (CharacterCodingException notText) {
      throw new StateFieldException("a text that is not UTF-8");
    }
  }

  private long[] numbers(Input in) {
    int length = in.readVarInt(true);
    if (length < 0) {
      throw new StateFieldException("a length of " + length);
    }
    take((long) length * Long.BYTES);
    long[] numbers = new long[Math.min(length, CHUNK)];
    for (int i = 0; i < length; i++) {
      if (i == numbers.length) {
        numbers = Arrays.copyOf(numbers, (int) Math.min(length, 2L * i));
      }
      numbers[i] = in.readLong();
    }
    return numbers;
  }

  private void memory(Input in, String name, StateTree.Builder builder) {
    int pages = in.readVarInt(true);
    if (pages < 0) {
      throw new StateFieldException("a memory of " + pages + " pages");
    }
    take((long) pages * Long.BYTES);
    builder.memory(name, pages);
    int last = 0;
    for (int next = in.readVarInt(true); next != 0; next = in.readVarInt(true)) {
      if (next <= last || next > pages) {
        throw new StateFieldException("a page that does not follow the one before");
      }
      take(PagedMemory.PAGE_SIZE);
      builder.page(next - 1, in.readBytes(PagedMemory.PAGE_SIZE));
      last = next;
    }
    builder.endOfMemory();
  }
}
