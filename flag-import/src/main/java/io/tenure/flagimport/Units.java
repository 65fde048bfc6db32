package io.tenure.flagimport;

import io.tenure.evaluator.UnitType;
import java.util.EnumMap;
import java.util.Map;

/**
 * The units of one import. A unit stands for one attribute of the peer: two that were different ids
 * there must not become one id here.
 */
final class Units {

  private final UnitTypes types;
  private final Map<UnitType, String> attributes = new EnumMap<>(UnitType.class);

  Units(UnitTypes types) {
    this.types = types;
  }

  boolean isMapped(String attribute) {
    return types.byAttribute().containsKey(attribute);
  }

  UnitType of(String attribute, Json where) {
    UnitType type = types.byAttribute().get(attribute);
    if (type == null) {
      throw where.refused(
          "units are dealt by '" + attribute + "', which no unit type is known for");
    }
    String other = attributes.putIfAbsent(type, attribute);
    if (other != null && !other.equals(attribute)) {
      throw where.refused(
          "units are dealt by '"
              + attribute
              + "', but "
              + type
              + " stands for '"
              + other
              + "' already");
    }
    return type;
  }
}
