package rrlog.core.event;

/**
 * What a full name such as {@code clock/host} stands for.
 *
 * @param schema the event that is called so
 * @param sub number of the label that the name ends with, -1 where it has none
 */
public record EventName(EventSchema schema, int sub) {}
