package rrlog.core.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A part's state in memory, by path such as {@code hart/pc}: saved, compared, put back. */
public final class SavedState {
  private final Map<String, Object> values = new LinkedHashMap<>();

  private SavedState() {}

  /** The state of a part as it is now. */
  public static SavedState of(Stateful part) {
    SavedState saved = new SavedState();
    part.visitState(new Visitor(saved.values, "", false, new ArrayList<>()));
    return saved;
  }

  /** Puts the state into a part that was built in the same way. */
  public void load(Stateful part) {
    List<Stateful> parts = new ArrayList<>();
    part.visitState(new Visitor(values, "", true, parts));
    part.stateLoaded();
    parts.forEach(Stateful::stateLoaded);
  }

  /** Values by path; arrays as lists. */
  public Map<String, Object> values() {
    return Map.copyOf(values);
  }

  private record Visitor(
      Map<String, Object> values, String path, boolean loading, List<Stateful> parts)
      implements StateVisitor {

    private Object pass(String name, Object value) {
      String at = path + name;
      if (!loading) {
        if (values.putIfAbsent(at, value) != null) {
          throw new IllegalStateException("two values of the name " + at);
        }
        return value;
      }
      Object saved = values.get(at);
      if (saved == null) {
        throw new NoSuchElementException(at);
      }
      return saved;
    }

    @Override
    public long number(String name, long value) {
      return (Long) pass(name, value);
    }

    @Override
    public void numbers(String name, long[] array) {
      List<Long> list = new ArrayList<>();
      for (long value : array) {
        list.add(value);
      }
      List<?> given = (List<?>) pass(name, list);
      for (int i = 0; i < array.length; i++) {
        array[i] = (Long) given.get(i);
      }
    }

    @Override
    public void bytes(String name, byte[] array) {
      byte[] given = data(name, array);
      System.arraycopy(given, 0, array, 0, array.length);
    }

    @Override
    public byte[] data(String name, byte[] value) {
      List<Byte> list = new ArrayList<>();
      for (byte each : value) {
        list.add(each);
      }
      List<?> given = (List<?>) pass(name, list);
      byte[] bytes = new byte[given.size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (Byte) given.get(i);
      }
      return bytes;
    }

    @Override
    public String text(String name, String value) {
      return (String) pass(name, value);
    }

    @Override
    public void memory(String name, PagedMemory memory) {
      for (int page = 0; page < memory.pages(); page++) {
        byte[] bytes = new byte[PagedMemory.PAGE_SIZE];
        boolean wanted = number(name + "/" + page + " there", memory.untouched(page) ? 0 : 1) != 0;
        if (wanted) {
          memory.readPage(page, bytes, 0);
          memory.writePage(page, data(name + "/" + page, bytes), 0);
        } else if (!memory.untouched(page)) {
          memory.writePage(page, bytes, 0);
        }
      }
    }

    @Override
    public void part(String name, Stateful part) {
      parts.add(part);
      part.visitState(new Visitor(values, path + name + "/", loading, parts));
    }
  }
}
