package io.tenure.statistics.distribution;

import static io.tenure.statistics.Vectors.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tenure.statistics.Vectors;
import org.junit.jupiter.api.Test;

/** The libraries' tails and ours, against forty digits. */
final class DistributionTest {

  private final Vectors vectors = Vectors.of("distributions");

  @Test
  void normalTailsKeepTheirDigits() {
    vectors
        .cases("normal")
        .forEach(
            c ->
                assertClose(
                    Normal.survival(c.path("z").doubleValue()), c.path("survival"), c.toString()));
  }

  @Test
  void normalQuantilesReachTheEndOfDoubles() {
    vectors
        .cases("normalQuantile")
        .forEach(
            c ->
                assertClose(
                    Normal.upperQuantile(c.path("p").doubleValue()),
                    c.path("quantile"),
                    c.toString()));
  }

  @Test
  void studentTailsKeepTheirDigits() {
    vectors
        .cases("student")
        .forEach(
            c ->
                assertClose(
                    StudentT.survival(c.path("t").doubleValue(), c.path("df").doubleValue()),
                    c.path("survival"),
                    c.toString()));
  }

  @Test
  void studentQuantilesAreExact() {
    vectors
        .cases("studentQuantile")
        .forEach(
            c ->
                assertClose(
                    StudentT.upperQuantile(c.path("p").doubleValue(), c.path("df").doubleValue()),
                    c.path("quantile"),
                    c.toString()));
  }

  @Test
  void infiniteDegreesOfFreedomAreNormal() {
    assertThat(StudentT.survival(1.3, Double.POSITIVE_INFINITY)).isEqualTo(Normal.survival(1.3));
    assertThat(StudentT.upperQuantile(0.025, Double.POSITIVE_INFINITY))
        .isCloseTo(1.959963984540054, within(1e-14));
  }

  @Test
  void panelsIntegrateABumpToTheLastDigits() {
    assertThat(Nodes.over(-9, 9, 2).integrate(Normal::density)).isCloseTo(1, within(1e-14));
  }
}
