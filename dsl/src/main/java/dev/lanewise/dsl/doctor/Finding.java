package dev.lanewise.dsl.doctor;

/**
 * Something that was found.
 *
 * @param shows a sentence with the figures that show it
 * @param where it is in the script
 * @param change to try
 */
public record Finding(Cause cause, String shows, Where where, String change) {}
