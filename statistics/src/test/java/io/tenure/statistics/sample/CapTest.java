package io.tenure.statistics.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CapTest {

  @Test
  void noMoreThanItsShareOfUnitsLiesAboveACap() {
    Property.forAll(
        Generator.lists(Generator.integers(0, 50), 60),
        values -> {
          if (!values.isEmpty()) {
            double[] units = doubles(values);
            Cap cap = CapRule.above(0.9).cap(units);
            long above = Arrays.stream(units).filter(value -> value > cap.high()).count();
            assertThat((double) above).isLessThanOrEqualTo(0.1 * units.length + 1e-9);
            assertThat(Arrays.stream(units)).contains(cap.high());
          }
        });
  }

  @Test
  void cappingIsMonotoneAndDoneOnce() {
    Cap cap = new Cap(-3, 7);
    Property.forAll(
        Generator.lists(Generator.integers(-20, 20), 2),
        pair -> {
          if (pair.size() == 2) {
            double low = Math.min(pair.get(0), pair.get(1));
            double high = Math.max(pair.get(0), pair.get(1));
            assertThat(cap.apply(low)).isLessThanOrEqualTo(cap.apply(high));
            assertThat(cap.apply(cap.apply(low))).isEqualTo(cap.apply(low));
          }
        });
  }

  @Test
  void allArmsHaveOneCapWhateverTheirOrder() {
    double[] first = {1, 2, 3, 100};
    double[] second = {4, 5, 6, 7, 8, 9};
    Cap cap = CapRule.above(0.9).cap(first, second);
    assertThat(cap).isEqualTo(CapRule.above(0.9).cap(second, first));
    assertThat(cap.high()).isEqualTo(9);
  }

  @Test
  void unitsThatDidNothingCanBeLeftOut() {
    double[] units = {0, 0, 0, 0, 0, 0, 0, 0, 10, 20};
    assertThat(CapRule.above(0.5).cap(units).high()).isZero();
    assertThat(new CapRule(0, 0.5, true).cap(units).high()).isEqualTo(10);
  }

  @Test
  void bothEndsCanBeCapped() {
    double[] units = {-100, 1, 2, 3, 4, 5, 6, 7, 8, 100};
    assertThat(new CapRule(0.15, 0.85, false).cap(units)).isEqualTo(new Cap(1, 8));
    assertThatThrownBy(() -> new CapRule(0.5, 0.5, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] doubles(List<Integer> values) {
    return values.stream().mapToDouble(Integer::doubleValue).toArray();
  }
}
