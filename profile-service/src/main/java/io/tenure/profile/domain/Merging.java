package io.tenure.profile.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a user is joined with others by merges. A merged user's profile stays, hidden, as it was: it
 * is what undoing brings back, and records that were resolved to the user before still find their
 * watermark there.
 *
 * @param into the user this one was merged into; 0 for none
 * @param otherLoginIds login ids of users merged into this one, besides the profile's own
 * @param absorbed users merged into this one, by number
 */
public record Merging(long into, List<String> otherLoginIds, Map<Long, Absorbed> absorbed) {

  /** Of a user who has nothing to do with merges. */
  public static final Merging NONE = new Merging(0, List.of(), Map.of());

  /** Keeps its own copies. */
  public Merging {
    otherLoginIds = List.copyOf(otherLoginIds);
    absorbed = Collections.unmodifiableMap(new TreeMap<>(absorbed));
  }

  /** Whether this user is another one now. */
  public boolean isMerged() {
    return into != 0;
  }

  Merging into(long survivor) {
    return new Merging(survivor, otherLoginIds, absorbed);
  }

  Merging withLogins(List<String> logins) {
    return new Merging(into, logins, absorbed);
  }

  Merging with(long number, Absorbed user) {
    Map<Long, Absorbed> more = new LinkedHashMap<>(absorbed);
    more.put(number, user);
    return new Merging(into, otherLoginIds, more);
  }

  Merging without(long number) {
    Map<Long, Absorbed> fewer = new LinkedHashMap<>(absorbed);
    fewer.remove(number);
    return new Merging(into, otherLoginIds, fewer);
  }
}
