package io.tenure.profile.domain;

import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.identity.Decision;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one record decided about its ids, as it is kept to explain them. */
final class Deciding {

  private final String logId;
  private final ProfileUpdate update;
  private final Resolution resolution;
  private final Instant now;

  private Deciding(String logId, ProfileUpdate update, Resolution resolution, Instant now) {
    this.logId = logId;
    this.update = update;
    this.resolution = resolution;
    this.now = now;
  }

  static List<Decision> of(String logId, ProfileUpdate update, Resolution resolution, Instant now) {
    Deciding deciding = new Deciding(logId, update, resolution, now);
    Identifiers ids = update.ids();
    Mapping mapping = resolution.mapping();
    if (mapping != null) {
      return deciding.mapped(mapping);
    }
    if (ids.link() == Link.UNBIND) {
      return List.of(deciding.takenAway());
    }
    if (resolution.loginRule() == null && resolution.deviceRule() == null) {
      return List.of();
    }
    List<Decision> decisions = new ArrayList<>(2);
    deciding.add(resolution.loginRule(), IdKind.LOGIN, ids.loginId(), decisions);
    deciding.add(resolution.deviceRule(), IdKind.DEVICE, ids.anonymousId(), decisions);
    return decisions;
  }

  private List<Decision> mapped(Mapping mapping) {
    List<Decision> decisions = new ArrayList<>();
    Map<KeyedId, Long> left = new HashMap<>();
    for (Mapping.Loss loss : mapping.losses()) {
      left.put(loss.id(), loss.from());
      if (loss.rule() != Rule.FOLLOWED_PARENT) {
        decisions.add(decision(mapping, loss.id(), loss.rule(), 0, loss.from(), 0));
      }
    }
    for (Mapping.Ruling ruling : mapping.rulings()) {
      long former = ruling.rule() == Rule.FOLLOWED_PARENT ? left.getOrDefault(ruling.id(), 0L) : 0L;
      decisions.add(
          decision(mapping, ruling.id(), ruling.rule(), ruling.owner(), former, ruling.other()));
    }
    return decisions;
  }

  private Decision decision(
      Mapping mapping, KeyedId id, Rule rule, long user, long former, long other) {
    return new Decision(
        update.project(),
        IdKind.KEYED,
        id.text(),
        rule,
        logId,
        update.offset(),
        user,
        former,
        mapping.against(id),
        other,
        update.time(),
        now);
  }

  private Decision takenAway() {
    Identifiers ids = update.ids();
    return ids.loginId().isEmpty()
        ? decision(IdKind.DEVICE, ids.anonymousId(), Rule.TAKEN_AWAY, 0, resolution.userNumber())
        : decision(IdKind.LOGIN, ids.loginId(), Rule.TAKEN_AWAY, 0, resolution.userNumber());
  }

  private void add(@Nullable Rule rule, IdKind kind, String id, List<Decision> decisions) {
    if (rule == null) {
      return;
    }
    Resolution.Taking taking = resolution.taking();
    long former = rule == Rule.MOVED_TO_LOGIN && taking != null ? taking.from() : 0;
    decisions.add(decision(kind, id, rule, resolution.userNumber(), former));
  }

  private Decision decision(IdKind kind, String id, Rule rule, long user, long former) {
    Identifiers ids = update.ids();
    return new Decision(
        update.project(),
        kind,
        id,
        rule,
        logId,
        update.offset(),
        user,
        former,
        kind == IdKind.LOGIN ? ids.anonymousId() : ids.loginId(),
        0,
        update.time(),
        now);
  }
}
