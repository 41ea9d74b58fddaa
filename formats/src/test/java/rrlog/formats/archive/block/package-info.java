/** What a block of an archive promises, told by tests. */
@NullMarked
package rrlog.formats.archive.block;

import org.jspecify.annotations.NullMarked;
