package rrlog.core.run.qemu;

/**
 * What a piece of a machine's physical memory held.
 *
 * @param start address of its first byte
 * @param length bytes, 1 or more
 * @param sha256 64 hexadecimal digits; empty where QEMU did not tell
 */
public record MemoryHash(long start, long length, String sha256) {}
