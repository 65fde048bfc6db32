package io.tenure.alert.domain.backtest;

import io.tenure.alert.domain.UserSet;
import java.time.Instant;

/**
 * A rule's result at one past instant.
 *
 * @param asOf the instant; only events before it were seen by the condition
 * @param users users who had not left already
 * @param warned users the rule would have warned about
 * @param warnedLost warned users who then left
 * @param lost all users who then left
 */
public record Period(Instant asOf, long users, long warned, long warnedLost, long lost) {

  /**
   * Judges warnings by what happened.
   *
   * @param base users active in the outcome's length before the instant
   * @param matched users who fulfilled the condition at the instant; only those of the base count,
   *     because nobody can be kept who has left already
   * @param returned users active in the outcome's length from the instant on
   */
  static Period judge(Instant asOf, UserSet base, UserSet matched, UserSet returned) {
    UserSet warned = matched.and(base);
    UserSet lost = base.minus(returned);
    return new Period(asOf, base.size(), warned.size(), warned.and(lost).size(), lost.size());
  }
}
