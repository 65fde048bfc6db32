package io.tenure.segment.store;

import io.tenure.platform.clickhouse.RowInput;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.Packing;

/** Makes journeys of the rows that {@link JourneySql#journeys} asks for. */
final class JourneyRows {

  private final Packing packing;
  private final boolean keyed;
  private final int coded;
  private final int related;
  private final int texts;

  JourneyRows(JourneyQuery query) {
    this.packing = query.packing();
    this.keyed = query.keyed();
    this.coded = query.attributes().coded().size();
    this.related = query.attributes().related().size();
    this.texts = query.attributes().texts().size();
  }

  Journey journey(RowInput row) {
    long user = Integer.toUnsignedLong(row.number32());
    long[] packed = row.numbers64();
    if (!keyed) {
      return Journey.of(user, packing, packed);
    }
    long[] keys = row.numbers64();
    int[][] codes = new int[coded][];
    for (int attribute = 0; attribute < coded; attribute++) {
      codes[attribute] = row.numbers32();
    }
    int[][] relations = new int[related][];
    if (related > 0) {
      split(row.numbers32(), packed.length, relations);
    }
    String[][] values = new String[texts][];
    for (int attribute = 0; attribute < texts; attribute++) {
      values[attribute] = row.texts();
    }
    Journey.Attributes attributes = new Journey.Attributes(codes, relations, values);
    return Journey.of(user, packing, packed, keys, attributes);
  }

  /** The numbers of all attributes come one behind the other; the first is that of no value, 1. */
  private static void split(int[] numbers, int events, int[][] relations) {
    for (int attribute = 0; attribute < relations.length; attribute++) {
      relations[attribute] = new int[events];
      for (int event = 0; event < events; event++) {
        relations[attribute][event] = numbers[1 + attribute * events + event] - 1;
      }
    }
  }
}
