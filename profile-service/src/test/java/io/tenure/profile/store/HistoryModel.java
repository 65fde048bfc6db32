package io.tenure.profile.store;

import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.identity.IdentityPlan;

/** Whom records belong to, written down as plainly as possible. */
sealed interface HistoryModel permits IdentityModel, MappingModel {

  /** The same state, to come back to. */
  HistoryModel copy();

  /** From now on the project has this plan. */
  void change(IdentityPlan plan);

  /** The user of a record; one that was resolved before has the user it got then. */
  long resolve(String log, long offset, Identifiers record);
}
