package io.tenure.profile.domain.identity;

import java.util.List;

/**
 * How a project joins ids to users.
 *
 * @param kind which of the plans
 * @param keys by ID_MAPPING the keys ids may have, the highest priority first; else empty
 */
public record IdentityPlan(Kind kind, List<MappingKey> keys) {

  /** What a project has until somebody chooses. */
  public static final IdentityPlan DEFAULT = new IdentityPlan(Kind.ONE_TO_ONE);

  /** The plans. */
  public enum Kind {
    /** A record belongs to its device; login ids only count in records without a device id. */
    DEVICE_ONLY,
    /** One device for one login; the first bind is permanent. */
    ONE_TO_ONE,
    /** Any number of devices for one login; a device stays with the first login on it. */
    MANY_TO_ONE,
    /** A record belongs to its id of the highest priority; ids nobody has join that user. */
    ID_MAPPING
  }

  /** Keeps its own copy of the keys. */
  public IdentityPlan {
    keys = List.copyOf(keys);
  }

  /** A plan without keys. */
  public IdentityPlan(Kind kind) {
    this(kind, List.of());
  }

  /**
   * Whether everybody keeps the number they have when this plan takes the place of another. More
   * devices for each login do that. So does whatever leaves the order of the keys as it is, because
   * the id a record belongs to follows from the order alone. Any other change would give records
   * another user when the log is read again.
   */
  public boolean keepsNumbersOf(IdentityPlan former) {
    return switch (kind) {
      case DEVICE_ONLY, ONE_TO_ONE -> kind == former.kind;
      case MANY_TO_ONE -> kind == former.kind || former.kind == Kind.ONE_TO_ONE;
      case ID_MAPPING -> kind == former.kind && beginsLike(former);
    };
  }

  private boolean beginsLike(IdentityPlan former) {
    return former.keys.size() <= keys.size()
        && names().subList(0, former.keys.size()).equals(former.names());
  }

  private List<String> names() {
    return keys.stream().map(MappingKey::name).toList();
  }
}
