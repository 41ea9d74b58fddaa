package rrlog.core.machine.platform.virtio;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** A disk's requests that wait for their event, which knows them by a ticket. */
final class OutstandingRequests implements Stateful {
  /**
   * Where the driver looks for the result of a request.
   *
   * @param queue which queue the request came through, from 0 on
   * @param head the request's descriptor
   * @param status address of the byte that tells how it went
   * @param length what the used ring will tell
   */
  record Answer(int queue, int head, long status, long length) {}

  /** What comes of requests at their event. */
  enum Then {
    SUCCEED,
    FAIL,
    FLUSH
  }

  /** Requests that end together. */
  record Requests(List<Answer> answers, Then then) {}

  /** What a state has as a number: the place here. */
  private static final List<Then> THENS = List.of(Then.SUCCEED, Then.FAIL, Then.FLUSH);

  private static final int FIXED = 16;
  private static final int ANSWER = 32;

  private final Map<Long, Requests> waiting = new LinkedHashMap<>();
  private final int queues;
  private long nextTicket;

  /** Requests of a device with so many queues. */
  OutstandingRequests(int queues) {
    this.queues = queues;
  }

  /** The ticket. */
  long add(List<Answer> answers, Then then) {
    waiting.put(nextTicket, new Requests(answers, then));
    return nextTicket++;
  }

  /** The requests of a ticket, which then wait no more; none after a reset. */
  Optional<Requests> take(long ticket) {
    return Optional.ofNullable(waiting.remove(ticket));
  }

  void clear() {
    waiting.clear();
  }

  @Override
  public void visitState(StateVisitor visitor) {
    nextTicket = visitor.number("next-ticket", nextTicket);
    List<byte[]> entries = new ArrayList<>();
    waiting.forEach((ticket, requests) -> entries.add(entry(ticket, requests)));
    List<byte[]> wanted = visitor.list("waiting", entries);
    waiting.clear();
    wanted.forEach(this::restore);
  }

  private static byte[] entry(long ticket, Requests requests) {
    ByteBuffer entry = ByteBuffer.allocate(FIXED + ANSWER * requests.answers.size());
    entry.putLong(ticket).putLong(THENS.indexOf(requests.then));
    for (Answer answer : requests.answers) {
      entry
          .putLong(answer.queue)
          .putLong(answer.head)
          .putLong(answer.status)
          .putLong(answer.length);
    }
    return entry.array();
  }

  private void restore(byte[] bytes) {
    ByteBuffer entry = ByteBuffer.wrap(bytes);
    if (bytes.length < FIXED || (bytes.length - FIXED) % ANSWER != 0) {
      throw new IllegalArgumentException("a disk request's state is cut short");
    }
    long ticket = entry.getLong();
    long then = entry.getLong();
    if (then < 0 || then >= THENS.size()) {
      throw new IllegalArgumentException("a disk request's state makes no sense");
    }
    List<Answer> answers = new ArrayList<>();
    while (entry.hasRemaining()) {
      answers.add(
          new Answer(
              Objects.checkIndex(Math.toIntExact(entry.getLong()), queues),
              Math.toIntExact(entry.getLong()),
              entry.getLong(),
              entry.getLong()));
    }
    waiting.put(ticket, new Requests(answers, THENS.get((int) then)));
  }
}
