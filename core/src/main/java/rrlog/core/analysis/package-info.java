/** What one asks of a log: summary, validation, difference, slice, repair. */
@NullMarked
package rrlog.core.analysis;

import org.jspecify.annotations.NullMarked;
