/**
 * Results as text for people. Uses core, {@link rrlog.cli.render} and {@link rrlog.cli.io}; used by
 * the verbs. Nothing here decides what a result is.
 */
@NullMarked
package rrlog.cli.render.text;

import org.jspecify.annotations.NullMarked;
