package io.tenure.collector.domain.record;

/** The protocols events arrive in; each has its own rules for names, times and identity. */
public enum Dialect {
  /** The Sensors Data SDKs. */
  SENSORS("sensors"),
  /** The SDKs that speak Segment's protocol. */
  SEGMENT("segment"),
  /** Our own API. */
  NATIVE("native");

  private final String label;

  Dialect(String label) {
    this.label = label;
  }

  /** The name in tables and replies. */
  public String label() {
    return label;
  }
}
