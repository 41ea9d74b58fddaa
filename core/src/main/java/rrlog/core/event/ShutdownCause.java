package rrlog.core.event;

/** Why QEMU was asked to stop or reset, in QAPI's words. */
public enum ShutdownCause {
  /** No cause is known; also what the single shutdown code of QEMU 2.5 to 2.9 is read as. */
  NONE,
  /** An error on the host. */
  HOST_ERROR,
  /** A QMP command (2.10 to 3.1, before quit and reset were told apart). */
  HOST_QMP,
  /** The QMP command quit. */
  HOST_QMP_QUIT,
  /** The QMP command system_reset. */
  HOST_QMP_SYSTEM_RESET,
  /** A signal, or simply the end of a recording by QEMU 5.1 and later. */
  HOST_SIGNAL,
  /** The user interface, such as a closed window. */
  HOST_UI,
  /** The guest powered off. */
  GUEST_SHUTDOWN,
  /** The guest asked for a reset. */
  GUEST_RESET,
  /** The guest reported a panic. */
  GUEST_PANIC,
  /** A subsystem was reset. */
  SUBSYSTEM_RESET,
  /** A snapshot was loaded. */
  SNAPSHOT_LOAD;

  private final String label = Labels.of(this);

  /** The cause's name in the common vocabulary, such as {@code host-qmp-quit}. */
  public String label() {
    return label;
  }
}
