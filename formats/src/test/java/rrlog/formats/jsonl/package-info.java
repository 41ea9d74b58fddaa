/** JSON lines, read and written. */
@NullMarked
package rrlog.formats.jsonl;

import org.jspecify.annotations.NullMarked;
