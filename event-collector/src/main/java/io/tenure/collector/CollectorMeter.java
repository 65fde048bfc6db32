package io.tenure.collector;

/** The collector's own measurements. */
enum CollectorMeter {
  /** Records by {@code outcome} (accepted, duplicate, quarantined, refused) and {@code reason}. */
  RECORDS("tenure.collector.records", "Records by what became of them"),
  /** Seconds the oldest undelivered record has been waiting. */
  RELAY_LAG("tenure.collector.relay.lag", "Age of the oldest record not delivered yet");

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
