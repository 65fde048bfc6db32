package io.tenure.standalone.demo;

import java.util.random.RandomGenerator;

/** How a customer lives with the bank; the weights are customers in a thousand. */
enum Habit {
  /** Installs, looks at products, never registers. */
  VISITOR(200),
  /** Registers and never comes back. */
  REGISTERED_ONLY(40),
  /** Tries the app for a day or two and forgets it. */
  TRYER(60),
  /** Looks at the balance nearly every day. */
  DAILY_CHECKER(165),
  /** Comes when the salary does and moves it elsewhere. */
  PAYDAY_TRANSFERRER(135),
  /** Buys on Saturdays and Sundays. */
  WEEKEND_SHOPPER(135),
  /** Repays a loan on the same day of every month. */
  MONTHLY_REPAYER(100),
  /** Comes now and then. */
  ORDINARY(65),
  /** Empties the account one day; then seven of ten are gone. */
  FADER(100);

  private final int weight;

  Habit(int weight) {
    this.weight = weight;
  }

  static Habit draw(RandomGenerator random) {
    int ticket = random.nextInt(1_000);
    for (Habit habit : values()) {
      ticket -= habit.weight;
      if (ticket < 0) {
        return habit;
      }
    }
    throw new IllegalStateException("The weights sum to less than 1000");
  }
}
