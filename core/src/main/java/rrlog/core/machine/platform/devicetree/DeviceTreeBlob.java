package rrlog.core.machine.platform.devicetree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A device tree in its flattened form (Devicetree Specification 0.4, chapter 5), changed the way
 * libfdt changes one.
 *
 * <p>New properties come first in their node, new nodes first behind their parent's properties, new
 * names last in the strings block; moved bytes stay behind in paddings. All of that is visible in
 * the guest's RAM.
 *
 * <p>More than 400 lines in one file: reading, checking and changing share one idea of where things
 * stand in the buffer.
 */
public final class DeviceTreeBlob {
  private static final int MAGIC = 0xd00dfeed;
  private static final int BEGIN_NODE = 1;
  private static final int END_NODE = 2;
  private static final int PROP = 3;
  private static final int NOP = 4;
  private static final int END = 9;
  private static final int HEADER = 40;
  private static final int RESERVE_ENTRY = 16;

  // Header fields, by offset.
  private static final int TOTAL_SIZE = 4;
  private static final int OFF_STRUCT = 8;
  private static final int OFF_STRINGS = 12;
  private static final int OFF_RESERVE = 16;
  private static final int VERSION = 20;
  private static final int LAST_COMPATIBLE = 24;
  private static final int SIZE_STRINGS = 32;
  private static final int SIZE_STRUCT = 36;

  private final byte[] bytes;
  private final ByteBuffer words;

  /** Where names stand that were looked for; the strings block only grows. */
  private final Map<String, Integer> stringOffsets = new HashMap<>();

  /** The node that was looked for last, and where it stands; empty where it may have moved. */
  private String knownPath = "";

  private int knownNode;

  private DeviceTreeBlob(byte[] bytes) {
    this.bytes = bytes;
    this.words = ByteBuffer.wrap(bytes);
  }

  /** An empty tree in a buffer of this many bytes. */
  public static DeviceTreeBlob empty(int size) {
    DeviceTreeBlob blob = new DeviceTreeBlob(new byte[size]);
    // The reserve map stands at 48, not 40, until pack() moves everything down: fdt_create aligns
    // it to an entry.
    int reserve = 48;
    int struct = reserve + RESERVE_ENTRY;
    ByteBuffer words = blob.words;
    words.putInt(0, MAGIC);
    words.putInt(TOTAL_SIZE, size);
    words.putInt(OFF_STRUCT, struct);
    words.putInt(OFF_STRINGS, struct + 16);
    words.putInt(OFF_RESERVE, reserve);
    words.putInt(VERSION, 17);
    words.putInt(LAST_COMPATIBLE, 16);
    words.putInt(SIZE_STRUCT, 16);
    words.putInt(struct, BEGIN_NODE);
    words.putInt(struct + 8, END_NODE);
    words.putInt(struct + 12, END);
    return blob;
  }

  /**
   * A tree from a file, in a buffer with room to grow.
   *
   * @param size of the buffer, at least the file's
   * @throws BadDeviceTreeException where it is no version 17 blob with its blocks in the usual
   *     order
   */
  public static DeviceTreeBlob open(byte[] file, int size) throws BadDeviceTreeException {
    if (file.length < HEADER || ByteBuffer.wrap(file).getInt(0) != MAGIC) {
      throw new BadDeviceTreeException("not a flattened device tree");
    }
    DeviceTreeBlob blob = new DeviceTreeBlob(Arrays.copyOf(file, Math.max(size, file.length)));
    blob.check(file.length);
    blob.words.putInt(VERSION, 17);
    blob.words.putInt(TOTAL_SIZE, blob.bytes.length);
    return blob;
  }

  private void check(int length) throws BadDeviceTreeException {
    long total = words.getInt(TOTAL_SIZE) & 0xffff_ffffL;
    long reserve = words.getInt(OFF_RESERVE) & 0xffff_ffffL;
    long struct = words.getInt(OFF_STRUCT) & 0xffff_ffffL;
    long structSize = words.getInt(SIZE_STRUCT) & 0xffff_ffffL;
    long strings = words.getInt(OFF_STRINGS) & 0xffff_ffffL;
    long stringsSize = words.getInt(SIZE_STRINGS) & 0xffff_ffffL;
    if (words.getInt(VERSION) < 17
        || total > length
        || reserve < HEADER
        || reserve + RESERVE_ENTRY > struct
        || struct % 4 != 0
        || struct + structSize > strings
        || strings + stringsSize > total) {
      throw new BadDeviceTreeException("device tree header is damaged or of an old version");
    }
    if (!wellFormed((int) structSize, (int) stringsSize)) {
      throw new BadDeviceTreeException("device tree structure is damaged");
    }
  }

  /** Whether there is one root whose nodes end, with names and values that lie in their blocks. */
  private boolean wellFormed(int structSize, int stringsSize) {
    int depth = 0;
    int at = 0;
    while (at <= structSize - 4) {
      switch (tag(at)) {
        case BEGIN_NODE -> {
          int end = zero(struct() + at + 4, struct() + structSize);
          if (end < 0 || depth == 0 && at != 0) {
            return false;
          }
          depth++;
          at = aligned(end + 1 - struct());
        }
        case END_NODE -> {
          if (--depth < 0) {
            return false;
          }
          at += 4;
        }
        case PROP -> {
          if (depth == 0 || at > structSize - 12) {
            return false;
          }
          int size = getStruct(at + 4);
          int name = getStruct(at + 8);
          if (size < 0
              || size > structSize - at - 12
              || name < 0
              || name >= stringsSize
              || zero(strings() + name, strings() + stringsSize) < 0) {
            return false;
          }
          at += 12 + aligned(size);
        }
        case NOP -> at += 4;
        case END -> {
          return depth == 0 && at != 0;
        }
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  /** Where the next zero byte stands; -1 where there is none before the limit. */
  private int zero(int from, int limit) {
    for (int at = from; at < limit; at++) {
      if (bytes[at] == 0) {
        return at;
      }
    }
    return -1;
  }

  /** The buffer as it is now; {@link #totalSize()} bytes of it are the tree. Not a copy. */
  public byte[] buffer() {
    return bytes;
  }

  /** A tree of its own with the same content and room. */
  public DeviceTreeBlob copy() {
    return new DeviceTreeBlob(bytes.clone());
  }

  /** The total size that the header tells. */
  public int totalSize() {
    return words.getInt(TOTAL_SIZE);
  }

  /**
   * Adds a node.
   *
   * @param path absolute; the parent must exist
   */
  public void addNode(String path) {
    int slash = path.lastIndexOf('/');
    int at = node(slash == 0 ? "/" : path.substring(0, slash));
    at = behindName(at);
    while (tag(at) == PROP || tag(at) == NOP) {
      at = next(at);
    }
    byte[] name = path.substring(slash + 1).getBytes(StandardCharsets.US_ASCII);
    int nameSize = aligned(name.length + 1);
    spliceStruct(at, 0, 4 + nameSize + 4);
    putStruct(at, BEGIN_NODE);
    int nameAt = struct() + at + 4;
    Arrays.fill(bytes, nameAt, nameAt + nameSize, (byte) 0);
    System.arraycopy(name, 0, bytes, nameAt, name.length);
    putStruct(at + 4 + nameSize, END_NODE);
  }

  /** Sets a property of a node that exists. */
  public void set(String path, String name, byte[] value) {
    int node = node(path);
    byte[] wanted = name.getBytes(StandardCharsets.ISO_8859_1);
    int at = behindName(node);
    for (; tag(at) == PROP || tag(at) == NOP; at = next(at)) {
      if (tag(at) == PROP && isString(strings() + getStruct(at + 8), wanted)) {
        spliceStruct(at + 12, aligned(getStruct(at + 4)), aligned(value.length));
        putStruct(at + 4, value.length);
        System.arraycopy(value, 0, bytes, struct() + at + 12, value.length);
        return;
      }
    }
    int nameOffset = stringOffset(name);
    at = behindName(node);
    spliceStruct(at, 0, 12 + aligned(value.length));
    putStruct(at, PROP);
    putStruct(at + 4, value.length);
    putStruct(at + 8, nameOffset);
    System.arraycopy(value, 0, bytes, struct() + at + 12, value.length);
  }

  /** Sets a property without value. */
  public void setFlag(String path, String name) {
    set(path, name, new byte[0]);
  }

  /** Sets a property to strings, each ended by a zero byte. */
  public void setStrings(String path, String name, String... values) {
    set(path, name, (String.join("\0", values) + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /** Sets a property to 32-bit cells. */
  public void setCells(String path, String name, int... cells) {
    ByteBuffer value = ByteBuffer.allocate(4 * cells.length);
    for (int cell : cells) {
      value.putInt(cell);
    }
    set(path, name, value.array());
  }

  /** Sets a property to an address and a length of two cells each. */
  public void setRegion(String path, String name, long address, long length) {
    setCells(
        path, name, (int) (address >>> 32), (int) address, (int) (length >>> 32), (int) length);
  }

  /** Moves the blocks together and sets the total size to what is used. */
  public void pack() {
    int reserveSize = struct() - words.getInt(OFF_RESERVE);
    int structSize = words.getInt(SIZE_STRUCT);
    int stringsSize = words.getInt(SIZE_STRINGS);
    int newStruct = HEADER + reserveSize;
    int newStrings = newStruct + structSize;
    System.arraycopy(bytes, words.getInt(OFF_RESERVE), bytes, HEADER, reserveSize);
    System.arraycopy(bytes, struct(), bytes, newStruct, structSize);
    System.arraycopy(bytes, strings(), bytes, newStrings, stringsSize);
    words.putInt(OFF_RESERVE, HEADER);
    words.putInt(OFF_STRUCT, newStruct);
    words.putInt(OFF_STRINGS, newStrings);
    words.putInt(TOTAL_SIZE, newStrings + stringsSize);
  }

  /** Where in the buffer the values of all properties of this name begin, and how long they are. */
  public List<Range> valuesOf(String property) {
    List<Range> found = new ArrayList<>();
    for (int at = 0; tag(at) != END; at = next(at)) {
      if (tag(at) == PROP && propertyName(at).equals(property)) {
        found.add(new Range(struct() + at + 12, getStruct(at + 4)));
      }
    }
    return found;
  }

  /**
   * A part of the buffer.
   *
   * @param offset of the first byte
   * @param length in bytes
   */
  public record Range(int offset, int length) {}

  /** Offset of a node's tag in the structure block. */
  private int node(String path) {
    int at = 0;
    if (path.equals("/")) {
      return at;
    }
    if (path.equals(knownPath)) {
      return knownNode;
    }
    for (String name : path.substring(1).split("/")) {
      at = child(at, name.getBytes(StandardCharsets.ISO_8859_1), path);
    }
    knownPath = path;
    knownNode = at;
    return at;
  }

  private int child(int parent, byte[] name, String path) {
    int depth = 0;
    for (int at = behindName(parent); depth >= 0; at = next(at)) {
      if (tag(at) == BEGIN_NODE) {
        if (depth == 0 && isString(struct() + at + 4, name)) {
          return at;
        }
        depth++;
      } else if (tag(at) == END_NODE) {
        depth--;
      } else if (tag(at) == END) {
        break;
      }
    }
    throw new IllegalArgumentException("no device tree node " + path);
  }

  /** Whether there is such a node. */
  public boolean hasNode(String path) {
    try {
      node(path);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private int next(int at) {
    return switch (tag(at)) {
      case BEGIN_NODE -> behindName(at);
      case PROP -> at + 12 + aligned(getStruct(at + 4));
      default -> at + 4;
    };
  }

  private int behindName(int node) {
    int name = struct() + node + 4;
    return node + 4 + aligned(zero(name, bytes.length) - name + 1);
  }

  private String propertyName(int property) {
    return string(strings() + getStruct(property + 8));
  }

  /** Whether the string there is that one. */
  private boolean isString(int at, byte[] string) {
    int end = at + string.length;
    return end < bytes.length
        && bytes[end] == 0
        && Arrays.equals(bytes, at, end, string, 0, string.length);
  }

  private String string(int at) {
    return new String(bytes, at, zero(at, bytes.length) - at, StandardCharsets.ISO_8859_1);
  }

  /** Where a name stands in the strings block, also as the tail of another; else it is added. */
  private int stringOffset(String name) {
    return stringOffsets.computeIfAbsent(name, this::findOrAddString);
  }

  private int findOrAddString(String name) {
    byte[] wanted = (name + "\0").getBytes(StandardCharsets.ISO_8859_1);
    int size = words.getInt(SIZE_STRINGS);
    int first = strings();
    for (int at = first; at <= first + size - wanted.length; at++) {
      if (bytes[at] == wanted[0]
          && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at - first;
      }
    }
    if (wanted.length > bytes.length - strings() - size) {
      throw new DeviceTreeFullException();
    }
    System.arraycopy(wanted, 0, bytes, strings() + size, wanted.length);
    words.putInt(SIZE_STRINGS, size + wanted.length);
    return size;
  }

  /** Replaces bytes of the structure block by as many undefined ones, moving what is behind. */
  private void spliceStruct(int at, int oldSize, int newSize) {
    int end = strings() + words.getInt(SIZE_STRINGS);
    int grow = newSize - oldSize;
    if (at <= knownNode) {
      knownPath = "";
    }
    if (grow > bytes.length - end) {
      throw new DeviceTreeFullException();
    }
    int from = struct() + at + oldSize;
    System.arraycopy(bytes, from, bytes, from + grow, end - from);
    words.putInt(SIZE_STRUCT, words.getInt(SIZE_STRUCT) + grow);
    words.putInt(OFF_STRINGS, strings() + grow);
  }

  private int tag(int at) {
    return getStruct(at);
  }

  private int getStruct(int at) {
    return words.getInt(struct() + at);
  }

  private void putStruct(int at, int value) {
    words.putInt(struct() + at, value);
  }

  private int struct() {
    return words.getInt(OFF_STRUCT);
  }

  private int strings() {
    return words.getInt(OFF_STRINGS);
  }

  private static int aligned(int size) {
    return (size + 3) & ~3;
  }
}
