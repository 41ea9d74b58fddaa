package rrlog.core.run.qemu;

/**
 * What QEMU's monitor shows of a machine that has stopped.
 *
 * @param icount instructions executed
 * @param registers as it prints them for {@code info registers}; empty where it does not answer
 * @param code the next instructions, the same way
 */
public record MachineView(long icount, String registers, String code) {}
