/** Other file formats for logs, each in a package of its own behind one small interface. */
@NullMarked
package rrlog.formats;

import org.jspecify.annotations.NullMarked;
