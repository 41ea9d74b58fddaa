package rrlog.core.event;

/**
 * An event and where it stands.
 *
 * @param position where
 * @param event what
 */
public record Entry(Position position, Event event) {}
