package io.tenure.segment.domain.arm;

/**
 * The users of an arm at the last look.
 *
 * @param arm its name; empty for all arms
 * @param mixed only users of units that saw several
 */
public record ArmCell(String arm, boolean mixed) {}
