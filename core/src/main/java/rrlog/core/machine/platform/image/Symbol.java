package rrlog.core.machine.platform.image;

/**
 * A name for an address.
 *
 * @param name as in the symbol table
 * @param address its value
 * @param size in bytes, 0 if not known
 * @param function whether it is marked as code
 */
public record Symbol(String name, long address, long size, boolean function) {}
