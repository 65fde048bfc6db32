package io.tenure.experiment.domain.serving;

/** Why a unit gets a variant of an experiment, or none. */
public enum AssignmentReason {
  /** It takes part and was dealt the variant. */
  ARM,
  /** A hold-out keeps it out. */
  HELD_OUT,
  /** It lies in a part of the layer that the experiment does not own. */
  NOT_IN_LAYER,
  /** It is not among the share of units that takes part so far. */
  NOT_ENROLLED,
  /** The audience leaves it out. */
  NOT_IN_AUDIENCE,
  /** The id of what the experiment deals is not known. */
  NO_UNIT,
  /** It was dealt under a version whose units take no part any more, or a variant that is gone. */
  DEALT_BEFORE,
  /** The flag serves something without asking the experiment. */
  NOT_REACHED
}
