package io.tenure.benchmarks.analysis;

import java.util.List;

/**
 * Sixty names of events, the most frequent first: what customers do with ten kinds of products, in
 * six steps from a look to a sale. A step of a product is ten names after the step before it.
 */
final class EventNames {

  static final int COUNT = 60;

  private static final List<String> PRODUCTS =
      List.of(
          "Fund",
          "Loan",
          "Card",
          "Deposit",
          "Insurance",
          "Bond",
          "Gold",
          "Advice",
          "Transfer",
          "Bill");
  private static final List<String> STEPS =
      List.of("View", "Compare", "Apply", "Submit", "Confirm", "Share");

  private EventNames() {}

  /** The name of a rank, from 0. */
  static String of(int rank) {
    return PRODUCTS.get(rank % PRODUCTS.size()) + STEPS.get(rank / PRODUCTS.size());
  }

  /** The rank of the next step of the same product, or -1 after the last. */
  static int next(int rank) {
    int next = rank + PRODUCTS.size();
    return next < COUNT ? next : -1;
  }
}
