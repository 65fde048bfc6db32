package io.tenure.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.statistics.effect.Comparison;
import io.tenure.statistics.effect.Cuped;
import io.tenure.statistics.effect.Difference;
import io.tenure.statistics.effect.Effect;
import io.tenure.statistics.effect.RegressionAdjustment;
import io.tenure.statistics.effect.Scale;
import io.tenure.statistics.effect.Terms;
import io.tenure.statistics.effect.Welch;
import io.tenure.statistics.sample.Cap;
import io.tenure.statistics.sample.CapRule;
import io.tenure.statistics.sample.MeanSample;
import io.tenure.statistics.sample.MomentsBuilder;
import io.tenure.statistics.sample.RatioSample;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Customers of a real shop, split at random into arms that nothing tells apart: spending is skewed,
 * most spend nothing, and covariates are what customers really did before.
 */
final class CdnowTest {

  private static final int SPLITS = 4_000;
  private static final String CALIBRATION_END = "19970930";

  /** One customer before and after the end of September 1997. */
  private static final class Customer {
    private double cents;
    private double orders;
    private double latest;
    private double recentCents;
    private double laterCents;
    private double laterOrders;

    void buy(String date, double spent) {
      if (date.compareTo(CALIBRATION_END) > 0) {
        laterCents += spent;
        laterOrders++;
        return;
      }
      cents += spent;
      orders++;
      int month = Integer.parseInt(date.substring(4, 6));
      latest = Math.max(latest, month);
      recentCents += month >= 7 ? spent : 0;
    }
  }

  @Test
  void armsThatDoNotDifferAreToldApartAsOftenAsPromised() {
    List<Customer> customers = customers();
    SplittableRandom random = new SplittableRandom(20260101);
    int[] found = new int[4];
    for (int split = 0; split < SPLITS; split++) {
      boolean[] treated = split(customers.size(), random);
      found[0] +=
          isFound(
              Welch.compare(
                  means(customers, treated, true, 2), means(customers, treated, false, 2)));
      found[1] +=
          isFound(
              Cuped.compare(
                  means(customers, treated, true, 2), means(customers, treated, false, 2)));
      found[2] +=
          isFound(
              Welch.compare(ratios(customers, treated, true), ratios(customers, treated, false)));
      found[3] +=
          isFound(
              RegressionAdjustment.compare(
                  means(customers, treated, true, 4), means(customers, treated, false, 4)));
    }
    // 5 % with 2.6 standard errors of 4,000 splits to either side.
    System.out.printf(
        "CDNOW A/A of %d: Welch %d, CUPED %d, ratio %d, regression %d%n",
        SPLITS, found[0], found[1], found[2], found[3]);
    for (int count : found) {
      assertThat(count / (double) SPLITS).as("%s of %s", count, SPLITS).isBetween(0.043, 0.059);
    }
  }

  @Test
  void whatCustomersDidBeforeTakesAThirdOfTheVarianceOut() {
    List<Customer> customers = customers();
    Cap later = CapRule.above(0.995).cap(column(customers, c -> c.laterOrders));
    Cap before = CapRule.above(0.995).cap(column(customers, c -> c.orders));
    Cap money = CapRule.above(0.99).cap(column(customers, c -> c.cents));
    boolean[] treated = split(customers.size(), new SplittableRandom(1));
    MomentsBuilder[] one = {new MomentsBuilder(2), new MomentsBuilder(2)};
    MomentsBuilder[] more = {new MomentsBuilder(5), new MomentsBuilder(5)};
    for (int i = 0; i < treated.length; i++) {
      Customer customer = customers.get(i);
      double orders = before.apply(customer.orders);
      one[treated[i] ? 1 : 0].add(later.apply(customer.laterOrders), orders);
      more[treated[i] ? 1 : 0].add(
          later.apply(customer.laterOrders),
          orders,
          customer.latest,
          customer.latest * orders,
          money.apply(customer.cents));
    }
    MeanSample treatment = new MeanSample(one[1].build());
    MeanSample control = new MeanSample(one[0].build());
    double raw = variance(Welch.compare(treatment, control));
    double single = 1 - variance(Cuped.compare(treatment, control)) / raw;
    double several =
        1
            - variance(
                    RegressionAdjustment.compare(
                        new MeanSample(more[1].build()), new MeanSample(more[0].build())))
                / raw;
    System.out.printf(
        "CDNOW: %.3f of the variance by one covariate, %.3f by four%n", single, several);
    assertThat(single).isGreaterThan(0.35);
    assertThat(several).isGreaterThan(0.37);
  }

  private static double[] column(List<Customer> customers, ToDoubleFunction<Customer> value) {
    return customers.stream().mapToDouble(value).toArray();
  }

  private static List<Customer> customers() {
    Map<String, Customer> customers = new TreeMap<>();
    for (String line : TestData.lines("cdnow-sample/CDNOW_sample.txt.gz")) {
      String[] columns = line.trim().split("\\s+");
      customers
          .computeIfAbsent(columns[0], _ -> new Customer())
          .buy(columns[2], Math.round(100 * Double.parseDouble(columns[4])));
    }
    return List.copyOf(customers.values());
  }

  private static boolean[] split(int size, RandomGenerator random) {
    boolean[] treated = new boolean[size];
    for (int i = 0; i < size; i++) {
      treated[i] = random.nextBoolean();
    }
    return treated;
  }

  private static MeanSample means(
      List<Customer> customers, boolean[] treated, boolean arm, int columns) {
    MomentsBuilder builder = new MomentsBuilder(columns);
    double[] values = new double[columns];
    for (int i = 0; i < treated.length; i++) {
      if (treated[i] == arm) {
        Customer customer = customers.get(i);
        double[] all = {
          customer.laterCents,
          customer.cents,
          customer.orders,
          customer.latest,
          customer.recentCents
        };
        System.arraycopy(all, 0, values, 0, columns);
        builder.add(values);
      }
    }
    return new MeanSample(builder.build());
  }

  private static RatioSample ratios(List<Customer> customers, boolean[] treated, boolean arm) {
    MomentsBuilder builder = new MomentsBuilder(2);
    for (int i = 0; i < treated.length; i++) {
      if (treated[i] == arm) {
        builder.add(customers.get(i).laterCents, customers.get(i).laterOrders);
      }
    }
    return new RatioSample(builder.build());
  }

  private static int isFound(Comparison comparison) {
    return comparison.effect(Terms.twoSided(Scale.ABSOLUTE, 0.05))
                instanceof Effect.Estimated estimated
            && estimated.pValue() <= 0.05
        ? 1
        : 0;
  }

  private static double variance(Comparison comparison) {
    assertThat(comparison).isInstanceOf(Difference.class);
    return ((Difference) comparison).variance();
  }
}
