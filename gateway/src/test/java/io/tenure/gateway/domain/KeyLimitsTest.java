package io.tenure.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KeyLimitsTest {

  private long now = -5;
  private final KeyLimits limits =
      new KeyLimits(10, Map.of("slow", 0.5, "free", 0.0), Duration.ofSeconds(2), () -> now);

  private int taken(String key) {
    int taken = 0;
    while (taken < 1000 && limits.take(key).isEmpty()) {
      taken++;
    }
    return taken;
  }

  @Test
  void letsAKeySpendWhatItSavedAndThenItsRate() {
    assertThat(taken("a")).isEqualTo(20);
    now += Duration.ofMillis(500).toNanos();
    assertThat(taken("a")).isEqualTo(5);
    now += Duration.ofHours(1).toNanos();
    assertThat(taken("a")).isEqualTo(20);
  }

  @Test
  void saysWhenThereWillBeRoom() {
    assertThat(taken("a")).isEqualTo(20);
    assertThat(limits.take("a")).contains(Duration.ofMillis(100));
    now += Duration.ofMillis(99).toNanos();
    assertThat(limits.take("a")).contains(Duration.ofMillis(1));
    now += Duration.ofMillis(1).toNanos();
    assertThat(limits.take("a")).isEmpty();
  }

  @Test
  void keepsKeysApart() {
    assertThat(taken("a")).isEqualTo(20);
    assertThat(taken("b")).isEqualTo(20);
  }

  @Test
  void givesAKeyItsOwnLimitOrNone() {
    assertThat(taken("slow")).isEqualTo(1);
    now += Duration.ofMillis(1999).toNanos();
    assertThat(taken("slow")).isZero();
    now += Duration.ofMillis(1).toNanos();
    assertThat(taken("slow")).isEqualTo(1);
    assertThat(taken("free")).isEqualTo(1000);
  }
}
