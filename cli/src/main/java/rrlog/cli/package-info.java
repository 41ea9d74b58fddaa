/** The command line: one class a verb, shared option groups, rendering. */
@NullMarked
package rrlog.cli;

import org.jspecify.annotations.NullMarked;
