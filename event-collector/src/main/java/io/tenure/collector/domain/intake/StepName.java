package io.tenure.collector.domain.intake;

/** The steps of the intake, by the names people meet in meters, docs and the debug view. */
public enum StepName {
  /** Nothing that lets its holder act as the user (class C3). */
  C3("c3"),
  /** Size, and the form its protocol prescribes. */
  SHAPE("shape"),
  /** Not in a project of the platform's own. */
  RESERVED("reserved"),
  /** Its person agrees to analytics. */
  CONSENT("consent"),
  /** Names of events and properties. */
  NAMES("names"),
  /** Number and length of values. */
  VALUES("values"),
  /** Distance from now. */
  TIME("time"),
  /** About somebody. */
  IDENTITY("identity"),
  /** What the request itself tells: device, place, bot. */
  ENRICHMENT("enrichment"),
  /** Foreseen by the tracking plan. */
  PLAN("plan"),
  /** Each value of the type its property has. */
  TYPES("types");

  private final String label;

  StepName(String label) {
    this.label = label;
  }

  /** The name in meters and replies. */
  public String label() {
    return label;
  }
}
