package rrlog.core.run.gdb;

/**
 * A register as a debugger sees it.
 *
 * @param name the debugger's name
 * @param number its number in the protocol, 0 or more
 * @param bits width, 8 to 64
 * @param feature the feature of the target description that it belongs to
 * @param type the debugger's type: {@code int}, {@code code_ptr}, {@code data_ptr}, {@code
 *     ieee_double}
 */
public record Register(String name, int number, int bits, String feature, String type) {}
