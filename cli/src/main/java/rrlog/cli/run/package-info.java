/**
 * A log being re-executed, as the verbs need it. Uses core and {@link rrlog.cli.io}; used by the
 * verbs and by renderings.
 */
@NullMarked
package rrlog.cli.run;

import org.jspecify.annotations.NullMarked;
