package rrlog.core.machine.platform.device;

import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** The serial port's queue of 16 bytes. */
final class ByteFifo implements Stateful {
  static final int CAPACITY = 16;
  private final byte[] bytes = new byte[CAPACITY];
  private int head;
  private int size;

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.bytes("bytes", bytes);
    head = Math.floorMod(visitor.number("head", head), CAPACITY);
    size = Math.clamp(visitor.number("size", size), 0, CAPACITY);
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == CAPACITY;
  }

  void clear() {
    head = 0;
    size = 0;
  }

  void push(int value) {
    bytes[(head + size) % CAPACITY] = (byte) value;
    size++;
  }

  /** The oldest byte, 0 to 255; 0 where there is none. */
  int pop() {
    if (size == 0) {
      return 0;
    }
    int value = bytes[head] & 0xff;
    head = (head + 1) % CAPACITY;
    size--;
    return value;
  }
}
