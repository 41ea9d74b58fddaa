package rrlog.core.replay;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock that orders a vCPU thread against a main-loop thread.
 *
 * <p>Every operation of the engine checks that its caller holds it. It is not reentrant, and it is
 * fair, so that a thread which releases and takes it again in a loop cannot starve the other. An
 * embedder with one thread uses {@link #heldByThisThread()} and never thinks of it again.
 */
public final class ReplayLock {
  private final ReentrantLock lock = new ReentrantLock(true);

  /** A lock that nobody holds. */
  public ReplayLock() {}

  /** A lock that the calling thread holds from the start. */
  public static ReplayLock heldByThisThread() {
    ReplayLock held = new ReplayLock();
    held.lock();
    return held;
  }

  /**
   * Waits for the lock and takes it.
   *
   * @throws IllegalStateException where the caller holds it already
   */
  public void lock() {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("the replay lock is already held by this thread");
    }
    lock.lock();
  }

  /**
   * Releases the lock.
   *
   * @throws IllegalStateException where the caller does not hold it
   */
  public void unlock() {
    check();
    lock.unlock();
  }

  /** Whether the calling thread holds the lock. */
  public boolean isHeld() {
    return lock.isHeldByCurrentThread();
  }

  /**
   * Confirms that the calling thread holds the lock.
   *
   * @throws IllegalStateException where it does not
   */
  public void check() {
    if (!lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("the replay lock is not held by this thread");
    }
  }
}
