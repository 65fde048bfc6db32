package io.tenure.collector.domain.plan;

import io.tenure.collector.domain.record.LogRecord;

/**
 * What properties of items are called in the catalogue. Things of different types share names that
 * mean different things, so a type is part of the name.
 */
public final class ItemNames {

  private static final String DETAIL = "detail:";

  private ItemNames() {}

  /** {@code fund/value}; of details {@code detail:position/value}. */
  public static String of(LogRecord.Item item, String property) {
    String name = of(item.type(), property);
    return item.kind() == LogRecord.Item.Kind.DETAIL ? DETAIL + name : name;
  }

  static String of(String type, String property) {
    return type + "/" + property;
  }
}
