/**
 * Files, the terminal, the keyboard, progress and exit status: everything that verbs share with the
 * world outside. Uses core and formats; used by all other packages of the command line.
 */
@NullMarked
package rrlog.cli.io;

import org.jspecify.annotations.NullMarked;
