/**
 * Limits on what a guest can cost; the devices themselves live in the packages below.
 *
 * <p>{@link rrlog.core.machine.platform.Limits} are handed to a board, which gives each device what
 * concerns it. Knows no device and uses nothing but the JDK; every room of the machine may use it.
 */
@NullMarked
package rrlog.core.machine.platform;

import org.jspecify.annotations.NullMarked;
