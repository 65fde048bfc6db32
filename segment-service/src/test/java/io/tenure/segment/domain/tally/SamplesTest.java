package io.tenure.segment.domain.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {

  @Test
  void quantilesLieBetweenSamplesInProportion() {
    Samples samples = new Samples();
    assertThat(samples.spread()).isNull();
    assertThat(samples.histogram()).isEmpty();
    LongStream.of(40, 10, 20, 30).forEach(millis -> samples.add(millis / 20, millis));
    Spread spread = Objects.requireNonNull(samples.spread());
    assertThat(
            LongStream.of(
                spread.least().toNanos(),
                spread.lowerQuartile().toNanos(),
                spread.median().toNanos(),
                spread.upperQuartile().toNanos(),
                spread.p90().toNanos(),
                spread.most().toNanos(),
                spread.mean().toNanos()))
        .containsExactly(
            10_000_000L,
            17_500_000L,
            25_000_000L,
            32_500_000L,
            37_000_000L,
            40_000_000L,
            25_000_000L);
    assertThat(samples.histogram()).extracting(Samples.Bar::samples).containsExactly(2L, 2L);
    assertThat(samples.histogram()).extracting(Samples.Bar::users).containsExactly(2L, 2L);
    assertThat(samples.users(1)).containsExactly(1, 2);
  }
}
