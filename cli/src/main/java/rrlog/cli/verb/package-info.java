/**
 * A class each verb: its options, its work in terms of core and formats, its exit status. Uses the
 * option groups, the renderings and {@link rrlog.cli.io}; used by {@link rrlog.cli.Main} alone.
 */
@NullMarked
package rrlog.cli.verb;

import org.jspecify.annotations.NullMarked;
