package io.tenure.profile.api;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlan.Kind;
import io.tenure.profile.domain.identity.MappingKey;
import io.tenure.profile.domain.identity.MappingKey.Overflow;
import io.tenure.proto.profile.v1.IdentityKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a plan from its message and names everything that is wrong with it. */
final class IdentityPlanReader {

  static final int MOST_KEYS = 30;
  static final int HIGHEST_CAP = 100;

  private static final int STANDARD_CAP = 10;

  /** Without a colon, so that {@code KEY:VALUE} has one meaning. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$.-]{1,100}");

  private final List<FieldViolation> violations = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private IdentityPlanReader() {}

  /**
   * The plan of a message.
   *
   * @throws Failure INVALID_ARGUMENT with every mistake
   */
  static IdentityPlan read(io.tenure.proto.profile.v1.IdentityPlan message) {
    return new IdentityPlanReader().plan(message);
  }

  private IdentityPlan plan(io.tenure.proto.profile.v1.IdentityPlan message) {
    Kind kind =
        switch (message.getKind()) {
          case KIND_DEVICE_ONLY -> Kind.DEVICE_ONLY;
          case KIND_ONE_TO_ONE -> Kind.ONE_TO_ONE;
          case KIND_MANY_TO_ONE -> Kind.MANY_TO_ONE;
          case KIND_ID_MAPPING -> Kind.ID_MAPPING;
          case KIND_UNSPECIFIED -> throw Failure.invalid("plan.kind", "is required");
          case UNRECOGNIZED -> throw Failure.invalid("plan.kind", "is unknown");
        };
    int count = message.getKeysCount();
    if (kind != Kind.ID_MAPPING && count > 0) {
      throw Failure.invalid("plan.keys", "only the plan ID_MAPPING has keys");
    }
    if (kind == Kind.ID_MAPPING && (count == 0 || count > MOST_KEYS)) {
      throw Failure.invalid("plan.keys", "takes 1 to " + MOST_KEYS + ", got " + count);
    }
    List<MappingKey> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(key(message.getKeys(i), "plan.keys[" + i + "]."));
    }
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
    return new IdentityPlan(kind, keys);
  }

  private MappingKey key(IdentityKey key, String field) {
    String parent = key.getParent();
    if (!parent.isEmpty() && !names.contains(parent)) {
      violation(field + "parent", "must be the name of a key before this one");
    }
    if (!NAME.matcher(key.getName()).matches()) {
      violation(field + "name", "has 1 to 100 letters, digits, '_', '$', '.' and '-'");
    } else if (!names.add(key.getName())) {
      violation(field + "name", "is declared twice");
    }
    return new MappingKey(key.getName(), cap(key, field), overflow(key, field), parent);
  }

  private int cap(IdentityKey key, String field) {
    int cap = key.getCap();
    return switch (key.getValues()) {
      case VALUES_SINGLE -> {
        if (cap != 0 && cap != 1) {
          violation(field + "cap", "must be 1, or 0, by VALUES_SINGLE");
        }
        yield 1;
      }
      case VALUES_MULTI -> {
        if (cap != 0 && (cap < 2 || cap > HIGHEST_CAP)) {
          violation(field + "cap", "must be 2 to " + HIGHEST_CAP + ", or 0, by VALUES_MULTI");
        }
        yield cap == 0 ? STANDARD_CAP : cap;
      }
      case VALUES_UNSPECIFIED, UNRECOGNIZED -> {
        violation(field + "values", "must be VALUES_SINGLE or VALUES_MULTI");
        yield 1;
      }
    };
  }

  private Overflow overflow(IdentityKey key, String field) {
    return switch (key.getOverflow()) {
      case OVERFLOW_UNSPECIFIED, OVERFLOW_REFUSE -> Overflow.REFUSE;
      case OVERFLOW_REPLACE_OLDEST -> Overflow.REPLACE_OLDEST;
      case UNRECOGNIZED -> {
        violation(field + "overflow", "is unknown");
        yield Overflow.REFUSE;
      }
    };
  }

  private void violation(String field, String description) {
    violations.add(new FieldViolation(field, description));
  }
}
