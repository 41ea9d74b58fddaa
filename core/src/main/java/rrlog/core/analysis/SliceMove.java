package rrlog.core.analysis;

/**
 * Why a cut was made earlier than wanted.
 *
 * @param wanted where it was to be
 * @param reason what QEMU would do there, for people
 */
public record SliceMove(SliceCut wanted, String reason) {}
