package io.tenure.experiment.api;

/** What this service counts. */
enum FlagMeter {
  /** Decisions, by reason and by whether they had to do without stored knowledge. */
  EVALUATIONS("tenure.flag.evaluations");

  private final String meter;

  FlagMeter(String meter) {
    this.meter = meter;
  }

  String meter() {
    return meter;
  }
}
