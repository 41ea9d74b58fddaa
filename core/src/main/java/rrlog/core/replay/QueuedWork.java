package rrlog.core.replay;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;

/**
 * One entry of the asynchronous queue as it stands in the machine's state.
 *
 * @param kind bottom half, one-shot bottom half or block request
 * @param id the number by which the log calls for it
 * @param work name of what it does
 * @param argument what it does it with
 */
record QueuedWork(EventKind kind, long id, String work, long argument) {
  /** What a bottom half, a one-shot one and a block request are in the state: their place here. */
  private static final List<EventKind> KINDS =
      List.of(EventKind.ASYNC_BH, EventKind.ASYNC_BH_ONESHOT, EventKind.ASYNC_BLOCK);

  QueuedWork {
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException("not the machine's own work: " + kind.label());
    }
  }

  Event.Async event() {
    return switch (kind) {
      case ASYNC_BH -> new Event.AsyncBh(Optional.empty(), id);
      case ASYNC_BH_ONESHOT -> new Event.AsyncBhOneshot(Optional.empty(), id);
      default -> new Event.AsyncBlock(Optional.empty(), id);
    };
  }

  static byte[] write(List<QueuedWork> entries) {
    List<byte[]> names =
        entries.stream().map(entry -> entry.work.getBytes(StandardCharsets.UTF_8)).toList();
    ByteBuffer bytes =
        ByteBuffer.allocate(names.stream().mapToInt(name -> 1 + 8 + 8 + 4 + name.length).sum());
    for (int i = 0; i < entries.size(); i++) {
      QueuedWork entry = entries.get(i);
      bytes.put((byte) KINDS.indexOf(entry.kind)).putLong(entry.id).putLong(entry.argument);
      bytes.putInt(names.get(i).length).put(names.get(i));
    }
    return bytes.array();
  }

  static List<QueuedWork> read(byte[] state) {
    ByteBuffer bytes = ByteBuffer.wrap(state);
    List<QueuedWork> entries = new ArrayList<>();
    try {
      while (bytes.hasRemaining()) {
        int kind = bytes.get();
        long id = bytes.getLong();
        long argument = bytes.getLong();
        int length = bytes.getInt();
        if (kind < 0 || kind >= KINDS.size() || length < 0 || length > bytes.remaining()) {
          throw new IllegalArgumentException("the queue's state makes no sense");
        }
        byte[] name = new byte[length];
        bytes.get(name);
        entries.add(
            new QueuedWork(
                KINDS.get(kind), id, new String(name, StandardCharsets.UTF_8), argument));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the queue's state is cut short", e);
    }
    return entries;
  }
}
