/**
 * Results as JSON for programs; {@code docs/schema} has a schema for each document. Uses core, the
 * other renderings and {@link rrlog.cli.io}; used by the verbs.
 */
@NullMarked
package rrlog.cli.render.json;

import org.jspecify.annotations.NullMarked;
