package rrlog.core.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A state that was taken from a part and can be put into another of the same make: named values and
 * the states of the parts within. Immutable; lives in memory.
 *
 * <p>Values are told apart by path, such as {@code hart/csrs/mstatus}.
 *
 * <p>More than 400 lines in one file: what a state is made of is seen by nobody else.
 */
public final class StateTree {
  /** What a value takes beside its content. */
  private static final int OVERHEAD = 64;

  private static final byte[] ZEROES = new byte[PagedMemory.PAGE_SIZE];

  /** A number, an array, bytes, text, a memory or a part's state. */
  private sealed interface Value {}

  private record Scalar(long value) implements Value {}

  private record Numbers(long[] values) implements Value {}

  private record Bytes(byte[] values) implements Value {}

  private record Text(String value) implements Value {}

  /** Pages that are not zero, by number; {@code null} stands for a page of zeroes. */
  private record Memory(@Nullable byte[][] pages) implements Value {}

  private record Part(StateTree state) implements Value {}

  private static final StateTree NOTHING = new StateTree();

  private final Map<String, Value> values = new LinkedHashMap<>();

  private StateTree() {}

  /** Takes the state of a part. */
  public static StateTree save(Stateful part) {
    return save(part, NOTHING);
  }

  /**
   * Takes the state of a part; pages of memory that are as in an earlier state of the same part are
   * shared with that.
   */
  public static StateTree save(Stateful part, StateTree earlier) {
    StateTree tree = new StateTree();
    part.visitState(new Saver(tree, earlier));
    return tree;
  }

  /**
   * Tells a state's content, in the order in which the part showed it; for who writes states down.
   */
  public interface Content {
    /** A number. */
    void number(String name, long value);

    /** Numbers; not to be changed. */
    void numbers(String name, long[] values);

    /** Bytes; not to be changed. */
    void bytes(String name, byte[] values);

    /** Text. */
    void text(String name, String value);

    /**
     * A memory. Its pages that are not zero follow.
     *
     * @param pages how many it has, zero ones included
     */
    void memory(String name, int pages);

    /**
     * A page of the last memory.
     *
     * @param number ascending
     * @param content not to be changed
     */
    void page(int number, byte[] content);

    /** The last memory has no more pages that are not zero. */
    void endOfMemory();

    /** A part within. Its content follows. */
    void part(String name);

    /** The last part that was not ended yet has no more. */
    void endOfPart();
  }

  /** Tells all of it. */
  public void tell(Content content) {
    values.forEach(
        (name, value) -> {
          switch (value) {
            case Scalar(long number) -> content.number(name, number);
            case Numbers(long[] numbers) -> content.numbers(name, numbers);
            case Bytes(byte[] bytes) -> content.bytes(name, bytes);
            case Text(String text) -> content.text(name, text);
            case Memory(@Nullable byte[][] pages) -> {
              content.memory(name, pages.length);
              for (int page = 0; page < pages.length; page++) {
                byte[] bytes = pages[page];
                if (bytes != null) {
                  content.page(page, bytes);
                }
              }
              content.endOfMemory();
            }
            case Part(StateTree state) -> {
              content.part(name);
              state.tell(content);
              content.endOfPart();
            }
          }
        });
  }

  /**
   * Makes a state of what it is told. What it is given becomes the state's and is not to be changed
   * any more.
   *
   * <p>All methods throw {@link IllegalArgumentException} where a name comes twice, a page has
   * another length or number than pages have, or something ends that was not begun.
   */
  public static final class Builder implements Content {
    private final Deque<StateTree> open = new ArrayDeque<>();
    private @Nullable byte @Nullable [][] memory;

    /** Of nothing yet. */
    public Builder() {
      open.push(new StateTree());
    }

    private void put(String name, Value value) {
      if (memory != null || open.element().values.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("no place for a value " + name);
      }
    }

    @Override
    public void number(String name, long value) {
      put(name, new Scalar(value));
    }

    @Override
    public void numbers(String name, long[] values) {
      put(name, new Numbers(values));
    }

    @Override
    public void bytes(String name, byte[] values) {
      put(name, new Bytes(values));
    }

    @Override
    public void text(String name, String value) {
      put(name, new Text(value));
    }

    @Override
    public void memory(String name, int pages) {
      @Nullable byte[][] empty = new byte[pages][];
      put(name, new Memory(empty));
      memory = empty;
    }

    @Override
    public void page(int number, byte[] content) {
      @Nullable byte[][] pages = memory;
      if (pages == null
          || number < 0
          || number >= pages.length
          || content.length != PagedMemory.PAGE_SIZE) {
        throw new IllegalArgumentException("no place for a page " + number);
      }
      pages[number] = content;
    }

    @Override
    public void endOfMemory() {
      if (memory == null) {
        throw new IllegalArgumentException("a memory ends that was not begun");
      }
      memory = null;
    }

    @Override
    public void part(String name) {
      StateTree part = new StateTree();
      put(name, new Part(part));
      open.push(part);
    }

    @Override
    public void endOfPart() {
      if (open.size() < 2 || memory != null) {
        throw new IllegalArgumentException("a part ends that was not begun");
      }
      open.pop();
    }

    /** The state. */
    public StateTree build() {
      if (open.size() != 1 || memory != null) {
        throw new IllegalArgumentException("the state has no end");
      }
      return open.element();
    }
  }

  /** Hands out each page of memory that this state keeps; shared ones are the same array. */
  public void pages(Consumer<byte[]> consumer) {
    for (Value value : values.values()) {
      if (value instanceof Memory(@Nullable byte[][] pages)) {
        for (byte[] page : pages) {
          if (page != null) {
            consumer.accept(page);
          }
        }
      } else if (value instanceof Part(StateTree state)) {
        state.pages(consumer);
      }
    }
  }

  /** Bytes that this state keeps beside the pages of its memories, about. */
  public long bytesBesidePages() {
    long bytes = 0;
    for (Map.Entry<String, Value> entry : values.entrySet()) {
      bytes +=
          OVERHEAD
              + switch (entry.getValue()) {
                case Scalar number -> Long.BYTES;
                case Numbers(long[] numbers) -> (long) numbers.length * Long.BYTES;
                case Bytes(byte[] content) -> content.length;
                case Text(String text) -> text.length();
                case Memory(@Nullable byte[][] pages) -> (long) pages.length * Integer.BYTES;
                case Part(StateTree state) -> state.bytesBesidePages();
              };
    }
    return bytes;
  }

  /**
   * Puts this state into a part, and lets it and the parts within forget what they had computed.
   *
   * @throws IllegalArgumentException where it is not the state of such a part; that one is then in
   *     no state that makes sense
   */
  public void load(Stateful part) {
    List<Stateful> loaded = new ArrayList<>();
    load(part, "", loaded);
    loaded.forEach(Stateful::stateLoaded);
  }

  private void load(Stateful part, String path, List<Stateful> loaded) {
    Loader loader = new Loader(this, path, loaded);
    part.visitState(loader);
    if (loader.taken != values.size()) {
      throw new IllegalArgumentException("state has values that nothing takes: " + path);
    }
    loaded.add(part);
  }

  /**
   * The paths of what differs between two states, in order; pages of memory with their number.
   * Empty where they are equal.
   */
  public List<String> differences(StateTree other) {
    List<String> paths = new ArrayList<>();
    compare("", this, other, paths);
    return paths;
  }

  private static void compare(String path, StateTree one, StateTree other, List<String> paths) {
    for (Map.Entry<String, Value> entry : one.values.entrySet()) {
      String at = path + entry.getKey();
      Value there = other.values.get(entry.getKey());
      if (there == null) {
        paths.add(at);
      } else {
        compare(at, entry.getValue(), there, paths);
      }
    }
    for (String name : other.values.keySet()) {
      if (!one.values.containsKey(name)) {
        paths.add(path + name);
      }
    }
  }

  private static void compare(String path, Value one, Value other, List<String> paths) {
    boolean same =
        switch (one) {
          case Scalar(long value) -> other instanceof Scalar(long there) && value == there;
          case Numbers(long[] values) ->
              other instanceof Numbers(long[] there) && Arrays.equals(values, there);
          case Bytes(byte[] values) ->
              other instanceof Bytes(byte[] there) && Arrays.equals(values, there);
          case Text(String value) -> other instanceof Text(String there) && value.equals(there);
          case Memory(@Nullable byte[][] pages) -> {
            if (other instanceof Memory(@Nullable byte[][] there)) {
              comparePages(path, pages, there, paths);
              yield true;
            }
            yield false;
          }
          case Part(StateTree state) -> {
            if (other instanceof Part(StateTree there)) {
              compare(path + "/", state, there, paths);
              yield true;
            }
            yield false;
          }
        };
    if (!same) {
      paths.add(path);
    }
  }

  private static void comparePages(
      String path, @Nullable byte[][] one, @Nullable byte[][] other, List<String> paths) {
    for (int page = 0; page < Math.max(one.length, other.length); page++) {
      byte[] here = page < one.length ? Objects.requireNonNullElse(one[page], ZEROES) : null;
      byte[] there = page < other.length ? Objects.requireNonNullElse(other[page], ZEROES) : null;
      if (!Arrays.equals(here, there)) {
        paths.add(path + "/page " + page);
      }
    }
  }

  private record Saver(StateTree tree, StateTree earlier) implements StateVisitor {
    private void put(String name, Value value) {
      if (tree.values.put(name, value) != null) {
        throw new IllegalStateException("two values of one part have the name " + name);
      }
    }

    @Override
    public long number(String name, long value) {
      put(name, new Scalar(value));
      return value;
    }

    @Override
    public void numbers(String name, long[] values) {
      put(name, new Numbers(values.clone()));
    }

    @Override
    public void bytes(String name, byte[] values) {
      put(name, new Bytes(values.clone()));
    }

    @Override
    public byte[] data(String name, byte[] value) {
      put(name, new Bytes(value.clone()));
      return value;
    }

    @Override
    public String text(String name, String value) {
      put(name, new Text(value));
      return value;
    }

    @Override
    public void memory(String name, PagedMemory memory) {
      @Nullable byte[][] pages = new byte[memory.pages()][];
      @Nullable byte[][] before =
          earlier.values.get(name) instanceof Memory(@Nullable byte[][] kept)
              ? kept
              : new byte[pages.length][];
      @Nullable byte @Nullable [][] known = memory.known();
      for (int page = 0; page < pages.length; page++) {
        if (memory.untouched(page)) {
          continue;
        }
        if (known != null && !memory.changed(page)) {
          pages[page] = known[page];
          continue;
        }
        byte[] same = page < before.length ? before[page] : null;
        if (same != null && memory.holds(page, same)) {
          pages[page] = same;
        } else if (!memory.holds(page, ZEROES)) {
          byte[] content = new byte[PagedMemory.PAGE_SIZE];
          memory.readPage(page, content, 0);
          pages[page] = content;
        }
      }
      put(name, new Memory(pages));
      memory.known(pages);
    }

    @Override
    public void part(String name, Stateful part) {
      StateTree before = earlier.values.get(name) instanceof Part(StateTree kept) ? kept : NOTHING;
      put(name, new Part(save(part, before)));
    }
  }

  private static final class Loader implements StateVisitor {
    private final StateTree tree;
    private final String path;
    private final List<Stateful> loaded;
    private int taken;

    Loader(StateTree tree, String path, List<Stateful> loaded) {
      this.tree = tree;
      this.path = path;
      this.loaded = loaded;
    }

    private Value take(String name) {
      Value value = tree.values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("state has no value " + path + name);
      }
      taken++;
      return value;
    }

    private IllegalArgumentException unfit(String name) {
      return new IllegalArgumentException("state has another kind of value " + path + name);
    }

    @Override
    public long number(String name, long value) {
      if (take(name) instanceof Scalar(long wanted)) {
        return wanted;
      }
      throw unfit(name);
    }

    @Override
    public void numbers(String name, long[] values) {
      if (!(take(name) instanceof Numbers(long[] wanted)) || wanted.length != values.length) {
        throw unfit(name);
      }
      System.arraycopy(wanted, 0, values, 0, values.length);
    }

    @Override
    public void bytes(String name, byte[] values) {
      if (!(take(name) instanceof Bytes(byte[] wanted)) || wanted.length != values.length) {
        throw unfit(name);
      }
      System.arraycopy(wanted, 0, values, 0, values.length);
    }

    @Override
    public byte[] data(String name, byte[] value) {
      if (take(name) instanceof Bytes(byte[] wanted)) {
        return wanted.clone();
      }
      throw unfit(name);
    }

    @Override
    public String text(String name, String value) {
      if (take(name) instanceof Text(String wanted)) {
        return wanted;
      }
      throw unfit(name);
    }

    @Override
    public void memory(String name, PagedMemory memory) {
      if (!(take(name) instanceof Memory(@Nullable byte[][] pages))
          || pages.length != memory.pages()) {
        throw unfit(name);
      }
      @Nullable byte @Nullable [][] known = memory.known();
      for (int page = 0; page < pages.length; page++) {
        byte[] content = pages[page];
        boolean same = known != null && !memory.changed(page) && known[page] == content;
        if (same || content == null && memory.untouched(page)) {
          continue;
        }
        // Most pages are as they are to be: what was decoded from them stays.
        if (memory.holds(page, content == null ? ZEROES : content)) {
          continue;
        }
        if (content == null) {
          memory.clearPage(page);
        } else {
          memory.writePage(page, content, 0);
        }
      }
      memory.known(pages);
    }

    @Override
    public void part(String name, Stateful part) {
      if (take(name) instanceof Part(StateTree state)) {
        state.load(part, path + name + "/", loaded);
      } else {
        throw unfit(name);
      }
    }
  }
}
