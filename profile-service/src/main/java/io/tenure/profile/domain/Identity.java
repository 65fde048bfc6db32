package io.tenure.profile.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * One id in its name space.
 *
 * @param kind of id
 * @param id of the kind KEYED as {@code KEY:VALUE}
 */
public record Identity(Release.Kind kind, String id) {

  /** What a release is about. */
  static Identity of(Release release) {
    return new Identity(release.kind(), release.id());
  }

  /** All ids a profile has; by the plan ID_MAPPING each under its key. */
  public static List<Identity> of(Profile profile) {
    List<Identity> ids = new ArrayList<>();
    if (!profile.identities().isEmpty()) {
      profile.identities().forEach(id -> ids.add(new Identity(Release.Kind.KEYED, id.text())));
      return ids;
    }
    if (!profile.loginId().isEmpty()) {
      ids.add(new Identity(Release.Kind.LOGIN, profile.loginId()));
    }
    profile.merging().otherLoginIds().forEach(id -> ids.add(new Identity(Release.Kind.LOGIN, id)));
    profile.anonymousIds().forEach(id -> ids.add(new Identity(Release.Kind.DEVICE, id)));
    return ids;
  }

  /** The login id it is, by whatever plan; empty for another. */
  String loginId() {
    return kind == Release.Kind.LOGIN ? id : keyed(KeyedId.LOGIN);
  }

  /** The device id it is, by whatever plan; empty for another. */
  String deviceId() {
    return kind == Release.Kind.DEVICE ? id : keyed(KeyedId.ANONYMOUS);
  }

  private String keyed(String key) {
    if (kind != Release.Kind.KEYED) {
      return "";
    }
    KeyedId keyed = KeyedId.parse(id);
    return keyed.key().equals(key) ? keyed.value() : "";
  }
}
