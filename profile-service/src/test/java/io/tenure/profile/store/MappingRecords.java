package io.tenure.profile.store;

import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlan.Kind;
import io.tenure.profile.domain.identity.MappingKey;
import io.tenure.profile.domain.identity.MappingKey.Overflow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A plan with keys of every sort, and records that meet all of its limits. */
final class MappingRecords {

  private static final MappingKey LOGIN = new MappingKey(KeyedId.LOGIN, 1, Overflow.REFUSE, "");
  private static final MappingKey UNION = new MappingKey("union", 2, Overflow.REFUSE, "");
  private static final MappingKey OPEN =
      new MappingKey("open.id", 2, Overflow.REPLACE_OLDEST, "union");
  private static final MappingKey SUB = new MappingKey("sub", 1, Overflow.REFUSE, "open.id");
  private static final MappingKey MAIL = new MappingKey("mail", 1, Overflow.REPLACE_OLDEST, "");
  private static final MappingKey DEVICE =
      new MappingKey(KeyedId.ANONYMOUS, 3, Overflow.REFUSE, "");

  static final IdentityPlan PLAN =
      new IdentityPlan(Kind.ID_MAPPING, List.of(LOGIN, UNION, OPEN, SUB, MAIL, DEVICE));

  /** The same order of keys, everything else changed. */
  static final IdentityPlan WIDER =
      new IdentityPlan(
          Kind.ID_MAPPING,
          List.of(
              LOGIN,
              new MappingKey("union", 1, Overflow.REPLACE_OLDEST, ""),
              new MappingKey("open.id", 3, Overflow.REFUSE, "union"),
              new MappingKey("sub", 2, Overflow.REPLACE_OLDEST, "union"),
              new MappingKey("mail", 2, Overflow.REPLACE_OLDEST, ""),
              DEVICE,
              new MappingKey("later", 2, Overflow.REFUSE, "")));

  private MappingRecords() {}

  /** Few values of each key, so that records meet. */
  static Identifiers random(RandomGenerator random) {
    return switch (random.nextInt(10)) {
      case 0 -> unbind(id(random));
      case 1 -> new Identifiers("1", "1", Link.BIND);
      case 2 -> new Identifiers("", Integer.toString(random.nextInt(3)), Link.NONE);
      case 3 -> new Identifiers(Integer.toString(random.nextInt(3)), "", Link.NONE);
      default -> several(random);
    };
  }

  private static Identifiers several(RandomGenerator random) {
    Set<KeyedId> ids = new LinkedHashSet<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      ids.add(id(random));
    }
    return of(random.nextBoolean() ? Link.NONE : Link.BIND, new ArrayList<>(ids));
  }

  private static KeyedId id(RandomGenerator random) {
    MappingKey key = PLAN.keys().get(random.nextInt(PLAN.keys().size()));
    return new KeyedId(key.name(), Integer.toString(random.nextInt(3)));
  }

  private static Identifiers unbind(KeyedId id) {
    return of(Link.UNBIND, List.of(id));
  }

  /** As the collector sends a record with such ids. */
  static Identifiers of(Link link, List<KeyedId> ids) {
    String login = value(KeyedId.LOGIN, ids);
    String device = value(KeyedId.ANONYMOUS, ids);
    boolean other = login.isEmpty() && device.isEmpty();
    return new Identifiers(login, other ? ids.getFirst().text() : device, link, ids);
  }

  private static String value(String key, List<KeyedId> ids) {
    return ids.stream()
        .filter(id -> id.key().equals(key))
        .map(KeyedId::value)
        .findFirst()
        .orElse("");
  }
}
