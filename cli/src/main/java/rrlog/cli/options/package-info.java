/**
 * Groups of options that several verbs have, and what their words mean. Uses {@link rrlog.cli.io};
 * used by the verbs. A wrong word is a {@link rrlog.cli.options.UsageException}.
 */
@NullMarked
package rrlog.cli.options;

import org.jspecify.annotations.NullMarked;
