/** The record/replay engine in the vocabulary of QEMU's replay.h; knows no device. */
@NullMarked
package rrlog.core.replay;

import org.jspecify.annotations.NullMarked;
