/**
 * State as a tree: what a part of a machine is, by name, so that it can be walked, compared, saved
 * and put back.
 *
 * <p>On the ground floor beside {@code event}: the replay engine, every device, the hart and the
 * board implement {@link rrlog.core.state.Stateful}. Caches are not state and are not shown; what
 * depends on the state that was put back must be forgotten or computed anew.
 */
@NullMarked
package rrlog.core.state;

import org.jspecify.annotations.NullMarked;
