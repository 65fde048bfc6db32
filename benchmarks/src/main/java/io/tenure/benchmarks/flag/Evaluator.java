package io.tenure.benchmarks.flag;

/**
 * Decides the same two flags for the same users as every other: {@link #PAGE} deals those under 30
 * in Brno over three variants and gives the rest none of its deal, {@link #SWITCH} is on for all.
 * What a library needs to know of a user is prepared before, as a server keeps it for a session.
 */
interface Evaluator extends AutoCloseable {

  String PAGE = "new-transfer-page";
  String SWITCH = "night-mode";

  /** So many users with both conditions, and after them as many who are too old. */
  int USERS = 4_096;

  int YOUNG = 27;
  int OLD = 40;
  String CITY = "Brno";

  /** Id of a user. */
  static String id(int user) {
    return "customer-" + user * 7919;
  }

  /** Age of a user. */
  static int age(int user) {
    return user < USERS ? YOUNG : OLD;
  }

  String name();

  /** The variant of {@link #PAGE}. */
  String variant(int user);

  /** Whether {@link #SWITCH} is on. */
  boolean isOn(int user);

  @Override
  void close();
}
