package rrlog.cli.io;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens when the process is asked to end (SIGINT, SIGTERM, SIGHUP). Work that asked for it
 * is told to come to its end; if it does so in time the process ends with the status of that work,
 * as if nobody had interrupted it. Otherwise the JVM's own status tells the signal. In both cases
 * unfinished files are deleted last.
 */
public final class Interruption {
  /** Work that wants to come to its end. */
  private static final Set<Runnable> TOLD = ConcurrentHashMap.newKeySet();

  private static final List<Runnable> LAST = new CopyOnWriteArrayList<>();
  private static final CountDownLatch ENDED = new CountDownLatch(1);
  private static final long GRACE_SECONDS = 20;

  /** The status of the work, once it has ended. */
  private static volatile int status;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Interruption::interrupted));
  }

  private Interruption() {}

  /** The registration of work that is told. */
  public interface Told extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Has a piece of work told when the process is asked to end, until the result is closed.
   *
   * @param end called from another thread
   */
  public static Told tell(Runnable end) {
    TOLD.add(end);
    return () -> TOLD.remove(end);
  }

  /** Has something done last, however the process ends. */
  static void atTheEnd(Runnable last) {
    LAST.add(last);
  }

  /** The process has done its work and is about to exit with this status. */
  public static void ended(int workStatus) {
    status = workStatus;
    ENDED.countDown();
  }

  private static void interrupted() {
    boolean inTime = !TOLD.isEmpty() && toldToEnd();
    LAST.forEach(Runnable::run);
    if (inTime) {
      Runtime.getRuntime().halt(status);
    }
  }

  private static boolean toldToEnd() {
    TOLD.forEach(Runnable::run);
    try {
      return ENDED.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException notInTime) {
      return false;
    }
  }
}
