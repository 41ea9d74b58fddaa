package rrlog.core.qemu;

/** How it is known what a release does. */
public enum Evidence {
  /** Seen in recordings or replays made with binaries of releases on both sides of the change. */
  MEASURED,
  /** Read in QEMU's history only. */
  READ
}
