package rrlog.core.machine.platform.image;

/**
 * A piece of a program to be placed in memory.
 *
 * @param address physical address of the first byte
 * @param bytes content from the file; not to be changed
 * @param memorySize bytes in memory, at least {@code bytes.length}; the rest is zero
 */
public record Segment(long address, byte[] bytes, long memorySize) {}
