package rrlog.formats.archive.api;

/**
 * What is known of a log once all of it is in the archive.
 *
 * @param events number of events that could be decoded
 * @param instructions guest instructions executed: the sum of all counts
 * @param size bytes of the log, its header included
 * @param sha256 SHA-256 of the log as 64 hexadecimal digits, in lower case
 */
public record ArchiveTotals(long events, long instructions, long size, String sha256) {}
