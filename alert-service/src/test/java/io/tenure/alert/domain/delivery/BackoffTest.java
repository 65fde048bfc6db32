package io.tenure.alert.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BackoffTest {

  private final Backoff backoff = new Backoff(3, Duration.ofSeconds(10), Duration.ofMinutes(5));

  @Test
  void doublesUpToTheLongestWaitAndShortensByAtMostAHalf() {
    SplittableRandom random = new SplittableRandom(1);
    long[] longest = {10, 20, 40, 80, 160, 300, 300};
    for (int attempt = 1; attempt <= longest.length; attempt++) {
      for (int i = 0; i < 100; i++) {
        assertThat(backoff.after(attempt, random))
            .isBetween(
                Duration.ofSeconds(longest[attempt - 1] / 2),
                Duration.ofSeconds(longest[attempt - 1]));
      }
    }
  }

  @Test
  void staysFiniteAfterManyAttempts() {
    assertThat(backoff.after(1_000, new SplittableRandom(1)))
        .isLessThanOrEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void endsWithTheLastAttempt() {
    assertThat(backoff.endsWith(2)).isFalse();
    assertThat(backoff.endsWith(3)).isTrue();
  }
}
