package rrlog.cli.io;

/** What the program's exit status says. */
public final class ExitStatus {
  /** Done, and nothing is wrong. */
  public static final int OK = 0;

  /** Done, and there is something to report: a difference, an invalid log, a divergence. */
  public static final int FINDING = 1;

  /** Could not be done: bad usage, a file that cannot be read or written, no replay log. */
  public static final int FAILURE = 2;

  /** A defect of rrlog itself. */
  public static final int DEFECT = 70;

  private ExitStatus() {}
}
