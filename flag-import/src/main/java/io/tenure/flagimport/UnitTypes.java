package io.tenure.flagimport;

import io.tenure.evaluator.UnitType;
import java.util.HashMap;
import java.util.Map;

/**
 * Which attribute of a peer holds the id of which unit. An attribute that is not here is never
 * guessed: flags that deal by it are refused.
 *
 * @param byAttribute unit by the name of the attribute
 */
public record UnitTypes(Map<String, UnitType> byAttribute) {

  /** Names in common use. */
  public static final UnitTypes USUAL =
      new UnitTypes(
          Map.ofEntries(
              Map.entry("id", UnitType.USER),
              Map.entry("userId", UnitType.USER),
              Map.entry("user_id", UnitType.USER),
              Map.entry("targetingKey", UnitType.USER),
              Map.entry("deviceId", UnitType.DEVICE),
              Map.entry("device_id", UnitType.DEVICE),
              Map.entry("anonymousId", UnitType.DEVICE),
              Map.entry("anonymous_id", UnitType.DEVICE),
              Map.entry("accountId", UnitType.ACCOUNT),
              Map.entry("account_id", UnitType.ACCOUNT),
              Map.entry("householdId", UnitType.HOUSEHOLD),
              Map.entry("household_id", UnitType.HOUSEHOLD)));

  /** Copies the map. */
  public UnitTypes {
    byAttribute = Map.copyOf(byAttribute);
  }

  /** These, and one more or another one. */
  public UnitTypes with(String attribute, UnitType type) {
    Map<String, UnitType> types = new HashMap<>(byAttribute);
    types.put(attribute, type);
    return new UnitTypes(types);
  }
}
