package io.tenure.alert.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AlertTest {

  private static final ProjectId BANK = new ProjectId("bank");
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void givesAlertsACooldownApartDifferentIds() {
    Property.forAll(
        Generator.longs(0, 4_000_000_000L),
        second -> {
          Instant first = Instant.ofEpochSecond(second);
          assertThat(Alert.id(BANK, "fading", 7, WEEK, first))
              .isNotEqualTo(Alert.id(BANK, "fading", 7, WEEK, first.plus(WEEK)));
        });
  }

  @Test
  void givesARepeatedSweepTheSameIds() {
    Instant noon = Instant.parse("2026-03-04T12:00:00Z");

    assertThat(Alert.id(BANK, "fading", 7, WEEK, noon))
        .isEqualTo(Alert.id(BANK, "fading", 7, WEEK, noon.plusSeconds(1)))
        .isNotEqualTo(Alert.id(BANK, "fading", 8, WEEK, noon))
        .isNotEqualTo(Alert.id(BANK, "other", 7, WEEK, noon))
        .isNotEqualTo(Alert.id(new ProjectId("shop"), "fading", 7, WEEK, noon))
        .hasSize(32);
  }
}
