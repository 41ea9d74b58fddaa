/**
 * What the renderings for people and for programs share. Uses core and {@link rrlog.cli.io}; used
 * by both of them and by the verbs.
 */
@NullMarked
package rrlog.cli.render;

import org.jspecify.annotations.NullMarked;
