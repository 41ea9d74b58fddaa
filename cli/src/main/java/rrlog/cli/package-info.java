/** The command {@code rrlog}: what the process starts with, and how it ends. Uses the verbs. */
@NullMarked
package rrlog.cli;

import org.jspecify.annotations.NullMarked;
