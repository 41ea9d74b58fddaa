package rrlog.formats.archive.api;

import rrlog.core.log.Certainty;
import rrlog.core.log.LogHeader;

/**
 * What stands in front of the blocks of an archive.
 *
 * @param header the log's first 12 bytes
 * @param dialect id of the dialect that the log was read with, such as {@code e0200c-b}
 * @param certainty how sure that was
 * @param rrlogVersion the version of rrlog that wrote the archive
 * @param recording what was known beside the log
 */
public record ArchiveMetadata(
    LogHeader header,
    String dialect,
    Certainty certainty,
    String rrlogVersion,
    Recording recording) {}
