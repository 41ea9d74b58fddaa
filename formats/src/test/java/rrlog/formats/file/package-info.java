/** How files are recognised, opened and closed, told by tests. */
@NullMarked
package rrlog.formats.file;

import org.jspecify.annotations.NullMarked;
