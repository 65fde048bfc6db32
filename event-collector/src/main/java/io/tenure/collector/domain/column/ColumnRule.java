package io.tenure.collector.domain.column;

/**
 * When a property is hot.
 *
 * @param most how many columns are given without anybody's asking; the others are for
 *     administrators
 * @param days that are looked back
 * @param statements that must have read it in these days
 * @param askedDays on how many of them it must have been read, so that one busy afternoon counts
 *     for nothing
 * @param share part of the events that must have it: what few events have is cheap to read
 * @param unusedDays after which a column nobody reads goes again
 */
public record ColumnRule(
    int most, int days, long statements, int askedDays, double share, int unusedDays) {}
