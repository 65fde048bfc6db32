package io.tenure.profile.domain.consent;

/**
 * How a purpose stands for a person.
 *
 * @param allowed whether it may be done
 */
public record Standing(boolean allowed, Reason reason) {

  /** Why. */
  public enum Reason {
    /** The person granted it. */
    GRANTED,
    /** The person withdrew it. */
    WITHDRAWN,
    /** The person said nothing; the policy decides. */
    MISSING,
    /** The person granted a text that no longer counts. */
    TEXT_OUTDATED
  }

  /** Whether the person said no. */
  boolean isWithdrawn() {
    return reason == Reason.WITHDRAWN;
  }
}
