/**
 * Questions about a whole run, answered by one re-execution: who wrote this, who called that, where
 * did a trap come from. Uses {@code rrlog.core.run} and the machine.
 */
@NullMarked
package rrlog.core.run.find;

import org.jspecify.annotations.NullMarked;
