package rrlog.core.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import rrlog.core.event.Event;
import rrlog.core.event.Payload;

/** The character devices whose traffic is recorded, numbered in the order they register. */
public final class CharDevices {

  /** The guest's side of a character device. */
  @FunctionalInterface
  public interface Receiver {
    /** Bytes arrive from the backend; all of them, whether or not the device can take them. */
    void receive(Payload data);
  }

  /** The host's side of a character device. */
  @FunctionalInterface
  public interface Output {
    /** Puts bytes out; says what became of them. */
    Written write(byte[] bytes, int offset, int length);
  }

  /**
   * What became of a write.
   *
   * @param res result of the last low-level write: bytes, 0, or a negative error number
   * @param offset bytes written in total, 0 or more
   */
  public record Written(int res, int offset) {
    /** Everything went out. */
    public static Written all(int length) {
      return new Written(length, length);
    }
  }

  /** A synchronous read: bytes, or a negative error number. */
  public sealed interface ReadAll {
    /**
     * The read succeeded.
     *
     * @param data what was read
     */
    record Data(Payload data) implements ReadAll {}

    /**
     * The read failed.
     *
     * @param error below 0
     */
    record Error(int error) implements ReadAll {}
  }

  private final Journal journal;
  private final AsyncQueue async;
  private final List<Receiver> receivers = new ArrayList<>();

  CharDevices(Journal journal, AsyncQueue async) {
    this.journal = journal;
    this.async = async;
  }

  /**
   * Registers a device.
   *
   * @return its number, from 0; the log keeps the low 8 bits
   */
  public int register(Receiver receiver) {
    journal.lock.check();
    receivers.add(receiver);
    return receivers.size() - 1;
  }

  /**
   * The backend has bytes for the guest. Recording queues {@code async-char-read}; playing drops
   * them, since the log brings the recorded ones; otherwise they are delivered at once.
   */
  public void received(int id, Payload data) {
    if (!journal.playing()) {
      async.add(new Event.AsyncCharRead(Optional.empty(), id, data));
    }
  }

  void checkReceiver(int id) {
    if (id < 0 || id >= receivers.size()) {
      throw journal.diverge(
          "no such device", "bytes arrive for character device " + id + ", which is not there");
    }
  }

  void deliver(int id, Payload data) {
    receivers.get(id).receive(data);
  }

  /**
   * The guest writes. Writes {@code char-write} with the backend's result; consumes it, gives the
   * recorded number of bytes to the backend and returns the recorded result.
   *
   * @return result of the last low-level write, see {@link Written#res}
   * @throws DivergenceException also where the log says that more went out than is written now
   */
  public Written write(Output backend, byte[] bytes) {
    if (!journal.playing()) {
      Written written = backend.write(bytes, 0, bytes.length);
      if (mode() == ReplayMode.RECORD) {
        journal.write(new Event.CharWrite(written.res(), written.offset()));
      }
      return written;
    }
    if (journal.head() instanceof Event.CharWrite recorded && !possible(recorded, bytes.length)) {
      throw journal.diverge(
          "char-write",
          "the guest writes "
              + bytes.length
              + " bytes, in the log "
              + recorded.offset()
              + " went out with result "
              + recorded.res());
    }
    Event.CharWrite recorded = journal.take(Event.CharWrite.class, "char-write");
    backend.write(bytes, 0, recorded.offset());
    return new Written(recorded.res(), recorded.offset());
  }

  /** A write ends when all bytes are out or a low-level write brings no more of them out. */
  private static boolean possible(Event.CharWrite write, int length) {
    return write.res() > 0
        ? write.res() <= write.offset() && write.offset() <= length
        : write.offset() >= 0 && write.offset() < length;
  }

  private ReplayMode mode() {
    return journal.mode;
  }

  /**
   * The guest reads synchronously. Writes {@code char-read-all} or {@code char-read-all-error};
   * consumes one of them.
   *
   * @param backend the host's side; not called when playing
   */
  public ReadAll readAll(Supplier<ReadAll> backend) {
    if (!journal.playing()) {
      ReadAll result = backend.get();
      if (mode() == ReplayMode.RECORD) {
        journal.write(
            switch (result) {
              case ReadAll.Data(Payload data) -> new Event.CharReadAll(data);
              case ReadAll.Error(int error) -> new Event.CharReadAllError(error);
            });
      }
      return result;
    }
    if (journal.head() instanceof Event.CharReadAllError failed) {
      journal.skip();
      return new ReadAll.Error(failed.error());
    }
    return new ReadAll.Data(journal.take(Event.CharReadAll.class, "char-read-all").data());
  }
}
