package io.tenure.experiment.domain.warehouse;

/** What decides before an experiment's gates do, and is not in its SQL. */
public enum Omission {
  /** The experiment's audience. */
  AUDIENCE,
  /** The flag is disabled. */
  DISABLED,
  /** Lists of the flag name units. */
  LISTS,
  /** The flag or its rule waits for other flags. */
  PREREQUISITES,
  /** Rules before the one that names the experiment. */
  EARLIER_RULES,
  /** The rule's schedule. */
  SCHEDULE,
  /** Units keep what they were dealt before. */
  KEPT_VARIANTS
}
