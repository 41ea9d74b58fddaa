/** The byte format: dialects, reading, writing, detection. */
@NullMarked
package rrlog.core.log;

import org.jspecify.annotations.NullMarked;
