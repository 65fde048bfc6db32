package io.tenure.profile.domain.retention;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import java.util.ArrayList;
import java.util.List;

/**
 * How many days what is kept; 0 for good.
 *
 * @param eventDays events
 * @param propertyDays all properties of events
 * @param personalPropertyDays those of class C2
 * @param traitDays all traits of people no record came of for so long
 * @param personalTraitDays those of class C2
 * @param profileDays profiles of people no record came of for so long
 * @param historyDays the past of profiles
 * @param quarantineDays quarantined records
 * @param alertDays alerts
 */
public record RetentionPolicy(
    int eventDays,
    int propertyDays,
    int personalPropertyDays,
    int traitDays,
    int personalTraitDays,
    int profileDays,
    int historyDays,
    int quarantineDays,
    int alertDays) {

  /** Of a project that chose none: everything is kept. */
  public static final RetentionPolicy DEFAULT = new RetentionPolicy(0, 0, 0, 0, 0, 0, 0, 0, 0);

  private static final int MOST = 36_500;

  /** Whether it keeps everything. */
  public boolean keepsAll() {
    return equals(DEFAULT);
  }

  /**
   * Refuses a policy that makes no sense.
   *
   * @param leastProfileDays a profile that went sooner could come back from the collectors' logs,
   *     under another number
   * @throws Failure INVALID_ARGUMENT naming every field that is wrong
   */
  public void check(int leastProfileDays) {
    List<FieldViolation> wrong = new ArrayList<>();
    range(wrong, "event_days", eventDays, 1);
    range(wrong, "c1_property_days", propertyDays, 1);
    range(wrong, "c2_property_days", personalPropertyDays, 1);
    range(wrong, "c1_trait_days", traitDays, 1);
    range(wrong, "c2_trait_days", personalTraitDays, 1);
    range(wrong, "profile_days", profileDays, leastProfileDays);
    range(wrong, "history_days", historyDays, 1);
    range(wrong, "quarantine_days", quarantineDays, 1);
    range(wrong, "alert_days", alertDays, 1);
    within(wrong, "c1_property_days", propertyDays, "event_days", eventDays);
    within(wrong, "c2_property_days", personalPropertyDays, "event_days", eventDays);
    within(wrong, "c2_property_days", personalPropertyDays, "c1_property_days", propertyDays);
    within(wrong, "c1_trait_days", traitDays, "profile_days", profileDays);
    within(wrong, "c2_trait_days", personalTraitDays, "profile_days", profileDays);
    within(wrong, "c2_trait_days", personalTraitDays, "c1_trait_days", traitDays);
    if (!wrong.isEmpty()) {
      throw Failure.invalid(wrong);
    }
  }

  private static void range(List<FieldViolation> wrong, String field, int days, int least) {
    if (days != 0 && (days < least || days > MOST)) {
      wrong.add(
          new FieldViolation(
              "policy." + field, "must be 0, or " + least + " to " + MOST + " days"));
    }
  }

  private static void within(
      List<FieldViolation> wrong, String field, int days, String outer, int most) {
    if (most != 0 && days > most) {
      wrong.add(
          new FieldViolation("policy." + field, "can't be longer than " + outer + ", " + most));
    }
  }
}
