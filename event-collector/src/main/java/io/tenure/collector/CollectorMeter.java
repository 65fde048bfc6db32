package io.tenure.collector;

/** The collector's own measurements. */
enum CollectorMeter {
  /** Records by {@code outcome} (accepted, duplicate, quarantined, refused) and {@code reason}. */
  RECORDS("tenure.collector.records", "Records by what became of them"),
  /**
   * Records a step judged, by {@code step} and {@code outcome} (passed, changed, quarantined,
   * refused).
   */
  STEP("tenure.collector.step", "Records a step judged"),
  /** Time a step takes for all records of one request, by {@code step}. */
  STEP_TIME("tenure.collector.step.time", "Time of a step for one request"),
  /** Seconds the oldest undelivered record has been waiting, by {@code sink}. */
  RELAY_LAG("tenure.collector.relay.lag", "Age of the oldest record not delivered yet"),
  /** Records of the log behind the cursor of a {@code sink}. */
  RELAY_WAITING("tenure.collector.relay.waiting", "Records not delivered yet"),
  /** Delivered events compared with the event store since the start. */
  RECONCILED_EVENTS("tenure.collector.reconciled.events", "Events compared with the event store"),
  /** Ranges of offsets whose events are not in the event store as they were delivered. */
  MISMATCHES("tenure.collector.reconciled.mismatches", "Ranges that don't match the event store"),
  /** What the log counted since it was created, by {@code project} and {@code outcome}. */
  LEDGER("tenure.collector.ledger", "Records of a project by what became of them"),
  /** How long the last canary found was under way. */
  CANARY_DELAY("tenure.collector.canary.delay", "Time from the door to the event store"),
  /** When a canary was last found, as an epoch time; 0 before the first time. */
  CANARY_SUCCESS("tenure.collector.canary.success", "When a canary was last found"),
  /** Canaries that were not found in time. */
  CANARY_FAILURES("tenure.collector.canary.failures", "Canaries that were not found in time"),
  /** Columns given to hot properties and taken back, by {@code change} (promoted, retired). */
  COLUMNS("tenure.collector.columns", "Columns given to hot properties and taken back");

  private final String id;
  private final String description;

  CollectorMeter(String id, String description) {
    this.id = id;
    this.description = description;
  }

  String id() {
    return id;
  }

  String description() {
    return description;
  }
}
