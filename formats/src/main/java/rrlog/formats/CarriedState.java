package rrlog.formats;

import rrlog.core.qemu.Release;

/**
 * What a file tells of the machine's state that it carries: that at the log's first event ({@code
 * docs/snapshot-format.md}).
 *
 * @param release the release that the machine behaves like
 * @param bytes bytes of the state as the file holds it, 1 or more
 */
public record CarriedState(Release release, long bytes) {}
