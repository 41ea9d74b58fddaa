/**
 * What can be in a replay log, independent of how any QEMU release wrote it down.
 *
 * <p>Immutable records and enumerations only: the sealed {@link rrlog.core.event.Event} model, the
 * names of the field's standard vocabulary, and {@link rrlog.core.event.Entry}, an event with its
 * position. Everything may use this package; it uses nothing but the JDK.
 */
@NullMarked
package rrlog.core.event;

import org.jspecify.annotations.NullMarked;
