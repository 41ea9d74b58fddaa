package rrlog.core.replay;

/** What the engine does with the events of its embedder. */
public enum ReplayMode {
  /** Neither records nor replays; every operation passes through. */
  NONE,
  /** Writes each event to the log. */
  RECORD,
  /** Takes each event from the log. */
  PLAY
}
