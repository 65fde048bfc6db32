package io.tenure.statistics.simulation;

import java.util.Locale;

/** Prints the tables of the README: {@code PeekingTable [runs] [seed]}. */
final class PeekingTable {

  private PeekingTable() {}

  public static void main(String[] arguments) {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 20_260_101;
    for (Distribution distribution : Distribution.values()) {
      print(new Peeking(distribution, 10_000, 500, 0.05, 0), runs, seed);
    }
    for (Distribution distribution : Distribution.values()) {
      print(new Peeking(distribution, 10_000, 500, 0.05, 0.8), runs, seed + 1);
    }
    print(new Peeking(Distribution.NORMAL, 2_800, 28, 0.05, 0), runs, seed + 2);
    print(new Peeking(Distribution.NORMAL, 2_800, 28, 0.05, 0.8), runs, seed + 3);
    print(new Peeking(Distribution.NORMAL, 10_000, 100, 0.05, 0.8), runs, seed + 4);
  }

  private static void print(Peeking peeking, int runs, long seed) {
    Peeking.Findings found = peeking.run(runs, seed);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %.0f %% | %.2f %% | %.2f %% | %.2f %% | %.2f %% |%n",
        peeking.distribution().name().toLowerCase(Locale.ROOT),
        peeking.looks(),
        2 * peeking.unitsPerArm(),
        100 * peeking.power(),
        100.0 * found.fixedAtEnd() / runs,
        100.0 * found.naive() / runs,
        100.0 * found.groupSequential() / runs,
        100.0 * found.sequence() / runs);
  }
}
