package io.tenure.segment.domain.catalogue;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A property of events.
 *
 * @param plan what the tracking plan says of it
 * @param hasColumn whether it has columns of its own
 */
public record CatalogueProperty(String name, Values values, Plan plan, boolean hasColumn) {

  /**
   * The values in the events looked at.
   *
   * @param approximate different values, estimated
   * @param smallest number; null without any
   * @param largest number; null without any
   */
  public record Values(
      Occurrence occurrence,
      long numbers,
      long booleans,
      long lists,
      long objects,
      long approximate,
      @Nullable BigDecimal smallest,
      @Nullable BigDecimal largest) {

    static final Values NONE = new Values(Occurrence.NONE, 0, 0, 0, 0, 0, null, null);

    /** Events whose value is a text and nothing else. */
    public long texts() {
      return occurrence.events() - numbers - booleans - lists - objects;
    }

    /** Without what tells of single values. */
    Values withoutRange() {
      return new Values(occurrence, numbers, booleans, lists, objects, approximate, null, null);
    }
  }

  /**
   * What the tracking plan says.
   *
   * @param hidden whether values are shown to nobody
   */
  public record Plan(boolean planned, String description, boolean hidden) {}

  /** Most frequent first, then by name. */
  static List<CatalogueProperty> sorted(List<CatalogueProperty> properties) {
    return properties.stream()
        .sorted(
            Occurrence.order(property -> property.values().occurrence(), CatalogueProperty::name))
        .toList();
  }
}
