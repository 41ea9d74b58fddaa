/** Slices that begin later than their original. */
@NullMarked
package rrlog.formats.slice;

import org.jspecify.annotations.NullMarked;
