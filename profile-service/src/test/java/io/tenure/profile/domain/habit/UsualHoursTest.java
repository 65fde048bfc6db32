package io.tenure.profile.domain.habit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Property;
import io.tenure.profile.domain.habit.Finding.Lack;
import io.tenure.profile.domain.habit.Finding.Unknown;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UsualHoursTest {

  private static final LocalDateTime MONDAY = LocalDateTime.of(2026, 3, 2, 0, 0);

  @Test
  void findsThePlantedHourAmongNoise() {
    Property.forAll(
        random -> (Long) random.nextLong(),
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          int slot = random.nextInt(168);
          List<LocalDateTime> times = new ArrayList<>();
          for (int week = 0; week < 30; week++) {
            times.add(MONDAY.plusWeeks(week).plusHours(slot).plusMinutes(random.nextInt(60)));
            if (week % 2 == 0) {
              times.add(MONDAY.plusWeeks(week).plusHours(random.nextInt(168)));
            }
          }
          UsualHour found = UsualHours.find(times).known().orElseThrow();
          int peak = (found.day().getValue() - 1) * 24 + found.hour();
          assertThat(Math.floorMod(peak - slot + 1, 168)).isBetween(0, 2);
          assertThat(found.daySettled()).isTrue();
        });
  }

  @Test
  void sundayNightLiesBesideMondayMorning() {
    List<LocalDateTime> times = new ArrayList<>();
    for (int week = 1; week <= 12; week++) {
      times.add(MONDAY.plusWeeks(week).minusHours(1));
      times.add(MONDAY.plusWeeks(week));
      times.add(MONDAY.plusWeeks(week).plusDays(3).plusHours(week));
    }
    UsualHour found = UsualHours.find(times).known().orElseThrow();
    assertThat(found.day()).isIn(DayOfWeek.SUNDAY, DayOfWeek.MONDAY);
    assertThat(found.hour()).isIn(23, 0);
    assertThat(found.share()).isBetween(0.2, 0.7);
  }

  @Test
  void knowsTheHourWhenTheDayMakesNoDifference() {
    List<LocalDateTime> times =
        IntStream.range(0, 42).mapToObj(day -> MONDAY.plusDays(day).plusHours(20)).toList();
    UsualHour found = UsualHours.find(times).known().orElseThrow();
    assertThat(found.hour()).isEqualTo(20);
    assertThat(found.daySettled()).isFalse();
    assertThat(found.share()).isBetween(0.5, 1.0);
  }

  @Test
  void findsHardlyAnythingInRandomHours() {
    SplittableRandom random = new SplittableRandom(11);
    long found =
        IntStream.range(0, 500)
            .filter(
                user ->
                    UsualHours.find(
                            IntStream.range(0, 60)
                                .mapToObj(i -> MONDAY.plusHours(random.nextInt(12 * 168)))
                                .toList())
                        .known()
                        .isPresent())
            .count();
    assertThat(found).isLessThanOrEqualTo(10);
  }

  @Test
  void oneLongNightIsNoHabit() {
    List<LocalDateTime> times =
        IntStream.range(0, 5_000).mapToObj(i -> MONDAY.plusSeconds(7L * i)).toList();
    assertThat(UsualHours.find(times)).isEqualTo(new Unknown<>(Lack.TOO_LITTLE));
  }
}
