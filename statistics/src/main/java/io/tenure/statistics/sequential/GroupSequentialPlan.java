package io.tenure.statistics.sequential;

import io.tenure.statistics.effect.Alternative;

/**
 * A group-sequential design, fixed at the start: a budget of false alarms, spent look by look, and
 * the number of units at which it is used up. The default for daily looks; the number and the times
 * of the looks need not be known before (Lan and DeMets 1983).
 *
 * @param spending how the budget is spent
 * @param alpha the whole budget
 * @param alternative what the test looks for; two sides get half of the budget each
 * @param maxUnits units of all arms together at which the experiment is planned to end
 */
public record GroupSequentialPlan(
    Spending spending, double alpha, Alternative alternative, long maxUnits) {

  /** Accepts a budget between 0 and 1 and at least one unit. */
  public GroupSequentialPlan {
    if (!(alpha > 0 && alpha < 1) || maxUnits < 1) {
      throw new IllegalArgumentException("A plan has an alpha within (0, 1) and at least one unit");
    }
  }

  /** The usual plan: two sides, a budget that grows with the square of the units. */
  public static GroupSequentialPlan usual(double alpha, long maxUnits) {
    return new GroupSequentialPlan(new Spending.Power(2), alpha, Alternative.TWO_SIDED, maxUnits);
  }

  /** The state before the first look. */
  public Looks start() {
    return Looks.none(this);
  }

  /** The looks at some numbers of units, in their order. */
  public Looks looks(long... units) {
    Looks looks = start();
    for (long at : units) {
      looks = looks.next(at);
    }
    return looks;
  }

  /** The looks at some number of equal steps to the planned end. */
  public Looks equalLooks(int count) {
    Looks looks = start();
    for (int i = 1; i <= count; i++) {
      looks = looks.next(Math.max(1, Math.round((double) maxUnits * i / count)));
    }
    return looks;
  }

  /** The same plan with another budget. */
  public GroupSequentialPlan withAlpha(double other) {
    return new GroupSequentialPlan(spending, other, alternative, maxUnits);
  }

  /** What may be spent on both sides by some number of units. */
  public double spent(long units) {
    double fraction = Math.min(1, (double) units / maxUnits);
    return sides() * spending.spent(alpha / sides(), fraction);
  }

  int sides() {
    return alternative == Alternative.TWO_SIDED ? 2 : 1;
  }
}
