package io.tenure.segment.domain.catalogue;

/**
 * Which events were looked at.
 *
 * @param perMille of a thousand users the events of this many
 * @param events how many they are
 */
public record Sample(int perMille, long events) {

  /** Everything. */
  static final int ALL = 1000;

  /** The share of users whose events are about as many as can be looked at. */
  static int perMille(long events, long most) {
    return events <= most ? ALL : (int) Math.max(1, ALL * most / events);
  }
}
