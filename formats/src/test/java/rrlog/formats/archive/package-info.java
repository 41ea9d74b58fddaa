/** What the archive promises, told by tests. */
@NullMarked
package rrlog.formats.archive;

import org.jspecify.annotations.NullMarked;
