package io.tenure.profile.domain.identity;

/**
 * How a project joins ids to users.
 *
 * @param kind which of the plans
 */
public record IdentityPlan(Kind kind) {

  /** What a project has until somebody chooses. */
  public static final IdentityPlan DEFAULT = new IdentityPlan(Kind.ONE_TO_ONE);

  /** The plans. */
  public enum Kind {
    /** A record belongs to its device; login ids only count in records without a device id. */
    DEVICE_ONLY,
    /** One device for one login; the first bind is permanent. */
    ONE_TO_ONE,
    /** Any number of devices for one login; a device stays with the first login on it. */
    MANY_TO_ONE
  }

  /**
   * Whether everybody keeps the number they have when this plan takes the place of another. Only
   * more devices for each login do that; any other change would give records another user when the
   * log is read again.
   */
  public boolean keepsNumbersOf(IdentityPlan former) {
    return kind == former.kind || (former.kind == Kind.ONE_TO_ONE && kind == Kind.MANY_TO_ONE);
  }
}
