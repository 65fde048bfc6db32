package io.tenure.statistics.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.statistics.Vectors;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MomentsTest {

  private static final Generator<List<Integer>> VALUES =
      Generator.lists(Generator.integers(-1_000_000, 1_000_000), 30);

  @Test
  void mergedMomentsAreThoseOfAllUnits() {
    Property.forAll(
        Generator.lists(VALUES, 5),
        parts -> {
          Moments merged =
              parts.stream().map(MomentsTest::of).reduce(Moments.empty(2), Moments::merge);
          List<Integer> all = parts.stream().flatMap(List::stream).toList();
          assertSame(merged, of(all), scale(all));
        });
  }

  @Test
  void mergingIsAssociativeAndHasNoOrder() {
    Property.forAll(
        Generator.lists(VALUES, 3),
        parts -> {
          List<Moments> three = new ArrayList<>(parts.stream().map(MomentsTest::of).toList());
          while (three.size() < 3) {
            three.add(Moments.empty(2));
          }
          double scale = scale(parts.stream().flatMap(List::stream).toList());
          Moments left = three.get(0).merge(three.get(1)).merge(three.get(2));
          assertSame(left, three.get(0).merge(three.get(1).merge(three.get(2))), scale);
          assertSame(left, three.get(2).merge(three.get(0)).merge(three.get(1)), scale);
        });
  }

  @Test
  void sumsSayTheSameAsUnits() {
    Property.forAll(
        VALUES,
        values -> {
          double[] sums = new double[2];
          double[] products = new double[3];
          BigInteger[] exactSums = {BigInteger.ZERO, BigInteger.ZERO};
          BigInteger[] exactProducts = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
          for (int value : values) {
            long[] unit = unit(value);
            int at = 0;
            for (int i = 0; i < 2; i++) {
              sums[i] += unit[i];
              exactSums[i] = exactSums[i].add(BigInteger.valueOf(unit[i]));
              for (int j = 0; j <= i; j++, at++) {
                BigInteger product =
                    BigInteger.valueOf(unit[i]).multiply(BigInteger.valueOf(unit[j]));
                products[at] += product.doubleValue();
                exactProducts[at] = exactProducts[at].add(product);
              }
            }
          }
          double scale = scale(values);
          assertSame(Moments.ofSums(values.size(), sums, products), of(values), scale);
          assertSame(
              Moments.ofExactSums(values.size(), exactSums, exactProducts), of(values), scale);
        });
  }

  @Test
  void moneyKeepsItsVarianceFarFromZero() {
    // A billion in minor units and a spread of one: raw double sums of squares hold none of it.
    MomentsBuilder builder = new MomentsBuilder(1);
    BigInteger sum = BigInteger.ZERO;
    BigInteger squares = BigInteger.ZERO;
    for (int i = 0; i < 1_000; i++) {
      long value = 1_000_000_000_000L + i % 3;
      builder.add(value);
      sum = sum.add(BigInteger.valueOf(value));
      squares = squares.add(BigInteger.valueOf(value).pow(2));
    }
    double expected = (334.0 * 0 + 333 + 333 * 4 - Math.pow(333 + 666, 2) / 1_000) / 999;
    assertThat(builder.build().variance(0)).isCloseTo(expected, within(1e-3));
    Moments exact = Moments.ofExactSums(1_000, new BigInteger[] {sum}, new BigInteger[] {squares});
    Vectors.assertClose(exact.variance(0), expected, 1e-14, "variance");
  }

  @Test
  void centredProductsKeepTheirDigitsWhereRawOnesLoseThem() {
    double mean = 1e9;
    double[] sums = {4 * mean, 10};
    // Distances -1.5, -0.5, 0.5, 1.5 from the first mean; the second component is 1, 2, 3, 4.
    Moments moments = Moments.ofCentred(4, sums, new double[] {5, 5, 5});
    assertThat(moments.mean(0)).isEqualTo(mean);
    assertThat(moments.variance(0)).isEqualTo(5.0 / 3);
    assertThat(moments.covariance(0, 1)).isEqualTo(5.0 / 3);
    assertThat(moments.mean(1)).isEqualTo(2.5);
    assertThatThrownBy(() -> Moments.ofCentred(4, sums, new double[] {-1, 0, 1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Moments.ofCentred(0, sums, new double[] {5, 5, 5})).isEqualTo(Moments.empty(2));
  }

  @Test
  void refusesSumsOfNoValues() {
    assertThatThrownBy(() -> Moments.ofSums(10, new double[] {100}, new double[] {10}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Moments.ofSums(-1, new double[] {0}, new double[] {0}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Moments.empty(1).merge(Moments.empty(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MomentsBuilder(1).add(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Moments of(List<Integer> values) {
    MomentsBuilder builder = new MomentsBuilder(2);
    for (int value : values) {
      builder.add(unit(value)[0], unit(value)[1]);
    }
    return builder.build();
  }

  private static long[] unit(int value) {
    return new long[] {value, Math.floorMod(value * 31L, 1_009)};
  }

  private static double scale(List<Integer> values) {
    return 1 + values.stream().mapToDouble(value -> (double) value * value).sum();
  }

  private static void assertSame(Moments first, Moments second, double scale) {
    assertThat(first.count()).isEqualTo(second.count());
    for (int i = 0; i < 2; i++) {
      assertThat(first.mean(i)).isCloseTo(second.mean(i), within(1e-12 * scale));
      for (int j = 0; j <= i; j++) {
        assertThat(first.product(i, j)).isCloseTo(second.product(i, j), within(1e-12 * scale));
      }
    }
  }
}
