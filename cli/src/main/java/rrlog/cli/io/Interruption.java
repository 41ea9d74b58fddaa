package rrlog.cli.io;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
  private static final CompletableFuture<Integer> ENDED = new CompletableFuture<>();
  private static final long GRACE_SECONDS = 20;

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
  public static void ended(int status) {
    ENDED.complete(status);
  }

  private static void interrupted() {
    Optional<Integer> status = TOLD.isEmpty() ? Optional.empty() : toldToEnd();
    LAST.forEach(Runnable::run);
    status.ifPresent(Runtime.getRuntime()::halt);
  }

  private static Optional<Integer> toldToEnd() {
    TOLD.forEach(Runnable::run);
    try {
      return Optional.of(ENDED.get(GRACE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException | ExecutionException | TimeoutException notInTime) {
      return Optional.empty();
    }
  }
}
