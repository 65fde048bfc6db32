package io.tenure.collector.domain.relay;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies records to the profiles and finds those that are refused for good, by halving what was
 * refused. Halves go in ascending order of offsets, because profiles skip offsets below the last
 * one they took.
 */
final class Applier {

  /**
   * So many refusals are always taken for bad records; above it, when half of the batch or more is
   * refused, for a defect over there, which must not empty the log into the quarantine.
   */
  private static final int PLAUSIBLE = 100;

  private final Profiles profiles;

  Applier(Profiles profiles) {
    this.profiles = profiles;
  }

  /**
   * Applies all records.
   *
   * @return one user number for each, in order
   * @throws DeliveryRefused when some are refused for good; the others are then applied, and
   *     applying them again is harmless
   * @throws Failure when the profiles don't answer, or refuse too much to be believed
   */
  List<Integer> apply(String logId, List<Profiles.Accepted> records) {
    if (records.isEmpty()) {
      return List.of();
    }
    Attempt attempt = new Attempt(logId, Math.max(PLAUSIBLE, records.size() / 2));
    attempt.apply(records);
    if (!attempt.refused.isEmpty()) {
      throw new DeliveryRefused(attempt.refused);
    }
    return attempt.users;
  }

  private final class Attempt {

    private final String logId;
    private final int mostRefused;
    private final List<Integer> users = new ArrayList<>();
    private final Map<Long, String> refused = new LinkedHashMap<>();

    Attempt(String logId, int mostRefused) {
      this.logId = logId;
      this.mostRefused = mostRefused;
    }

    void apply(List<Profiles.Accepted> records) {
      try {
        users.addAll(profiles.apply(logId, records));
      } catch (Failure failure) {
        if (failure.reason() != Reason.INVALID_ARGUMENT || refused.size() >= mostRefused) {
          throw failure;
        }
        if (records.size() == 1) {
          refused.put(records.getFirst().offset(), failure.text());
        } else {
          int half = records.size() / 2;
          apply(records.subList(0, half));
          apply(records.subList(half, records.size()));
        }
      }
    }
  }
}
