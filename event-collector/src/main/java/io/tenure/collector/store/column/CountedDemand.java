package io.tenure.collector.store.column;

import io.tenure.collector.domain.column.ColumnDemand;
import io.tenure.condition.store.PropertyUse;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the services that ask counted themselves. */
public final class CountedDemand implements ColumnDemand {

  private final PropertyUse use;

  /** Demand as it was counted. */
  public CountedDemand(PropertyUse use) {
    this.use = use;
  }

  @Override
  public Map<String, Asked> last(int days) {
    Map<String, Asked> asked = new HashMap<>();
    use.last(days)
        .forEach((property, one) -> asked.put(property, new Asked(one.statements(), one.days())));
    return asked;
  }

  @Override
  public Optional<LocalDate> beginning() {
    return use.beginning();
  }
}
