package io.tenure.statistics.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CulpritsTest {

  private static final double[] EVEN = {1, 1};

  @Test
  void theDimensionWhoseValuesLoseUnitsComesFirst() {
    Culprits.Dimension country =
        new Culprits.Dimension(
            "country", List.of(value("DE", 5_000, 4_820), value("FR", 5_050, 4_880)));
    Culprits.Dimension browser =
        new Culprits.Dimension(
            "browser", List.of(value("other", 9_000, 9_010), value("old", 1_050, 690)));
    List<Culprits.Suspect> suspects = Culprits.rank(List.of(country, browser), EVEN);
    assertThat(suspects)
        .extracting(Culprits.Suspect::dimension)
        .containsExactly("browser", "country");
    assertThat(suspects.getFirst().pValue()).isLessThan(1e-10);
    assertThat(suspects.getLast().pValue()).isGreaterThan(0.5);
    assertThat(suspects.getFirst().values().getFirst().value()).isEqualTo("old");
  }

  @Test
  void independenceIsTheTextbookStatistic() {
    // 2 x 2: n (ad - bc)^2 over the product of the margins.
    Culprits.Suspect suspect =
        Culprits.rank(
                List.of(
                    new Culprits.Dimension("d", List.of(value("a", 20, 30), value("b", 40, 10)))),
                EVEN)
            .getFirst();
    double expected = 100.0 * Math.pow(20 * 10 - 30 * 40, 2) / (50.0 * 50 * 60 * 40);
    assertThat(suspect.statistic()).isCloseTo(expected, within(1e-12));
    assertThat(suspect.degreesOfFreedom()).isEqualTo(1);
  }

  @Test
  void aDimensionWithOneValueExplainsNothing() {
    Culprits.Suspect suspect =
        Culprits.rank(List.of(new Culprits.Dimension("d", List.of(value("a", 20, 30)))), EVEN)
            .getFirst();
    assertThat(suspect.pValue()).isEqualTo(1);
  }

  private static Culprits.Value value(String name, long... units) {
    return new Culprits.Value(name, units);
  }
}
