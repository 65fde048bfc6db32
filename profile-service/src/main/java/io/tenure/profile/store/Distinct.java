package io.tenure.profile.store;

import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.Identities.Claim;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Resolution;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The records of a batch, those with the same ids asked about once. */
final class Distinct {

  private static final int FIXED = 3;
  private static final int EACH = 5;

  private final List<Claim> records;
  private final List<Claim> claims = new ArrayList<>();

  /** Offset of the last record each claim stands for. */
  private final List<Long> last = new ArrayList<>();

  /** Place of each record's claim. */
  private final List<Integer> order;

  private Distinct(List<Claim> records) {
    this.records = records;
    this.order = new ArrayList<>(records.size());
  }

  /** Every record for itself. */
  static Distinct each(List<Claim> records) {
    Distinct distinct = new Distinct(records);
    records.forEach(distinct::add);
    return distinct;
  }

  /**
   * Records with the same ids together. Ids mean the same user on either side of a record that
   * joins or takes them, not across it.
   */
  static Distinct of(List<Claim> records) {
    Distinct distinct = new Distinct(records);
    Map<String, Integer> turns = new HashMap<>();
    Map<Turn, Integer> places = new HashMap<>();
    for (Claim record : records) {
      boolean links = record.ids().link() != Link.NONE;
      if (links) {
        turn(turns, record.ids());
      }
      Integer place = places.putIfAbsent(Turn.of(turns, record.ids()), distinct.size());
      if (place == null) {
        distinct.add(record);
      } else {
        distinct.order.add(place);
        distinct.last.set(place, record.offset());
      }
      if (links) {
        turn(turns, record.ids());
      }
    }
    return distinct;
  }

  int size() {
    return claims.size();
  }

  /** One for each record, from one for each claim. */
  List<Resolution> all(List<Resolution> resolutions) {
    return order.stream().map(resolutions::get).toList();
  }

  /** Arguments of {@code identity-resolve.lua} for some of the claims. */
  String[] arguments(Clock clock, String logId, int start, int end) {
    List<String> arguments = new ArrayList<>(FIXED + EACH * (end - start));
    arguments.add(Long.toString(clock.millis()));
    arguments.add(logId);
    arguments.add(Long.toString(reached(end)));
    for (int place = start; place < end; place++) {
      Claim claim = claims.get(place);
      arguments.add(claim.ids().loginId());
      arguments.add(claim.ids().anonymousId());
      arguments.add(link(claim.ids()));
      arguments.add(Long.toString(claim.offset()));
      arguments.add(last.get(place).toString());
      for (KeyedId id : claim.ids().keyed()) {
        arguments.add(id.key());
        arguments.add(id.value());
      }
    }
    return arguments.toArray(String[]::new);
  }

  private static String link(Identifiers ids) {
    String link =
        switch (ids.link()) {
          case NONE -> "0";
          case BIND -> "1";
          case UNBIND -> "2";
        };
    return ids.keyed().isEmpty() ? link : link + ":" + ids.keyed().size();
  }

  /** Everything before the next claim is resolved with the ones before it. */
  private long reached(int end) {
    return end == claims.size() ? records.getLast().offset() : claims.get(end).offset() - 1;
  }

  private void add(Claim record) {
    order.add(claims.size());
    claims.add(record);
    last.add(record.offset());
  }

  private static void turn(Map<String, Integer> turns, Identifiers ids) {
    turns.merge("l:" + ids.loginId(), 1, Integer::sum);
    turns.merge("d:" + ids.anonymousId(), 1, Integer::sum);
  }

  /** Ids between two records that may change whose they are. */
  private record Turn(int login, int device, Identifiers ids) {

    static Turn of(Map<String, Integer> turns, Identifiers ids) {
      return new Turn(
          turns.getOrDefault("l:" + ids.loginId(), 0),
          turns.getOrDefault("d:" + ids.anonymousId(), 0),
          ids);
    }
  }
}
