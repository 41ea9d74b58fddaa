package rrlog.core.machine.platform.device;

/** A wire to an interrupt controller or a hart. */
@FunctionalInterface
public interface InterruptLine {
  /**
   * Drives the wire. Called also where the level does not change: an interrupt controller may act
   * on each call, as QEMU's PLIC does.
   */
  void set(boolean level);
}
