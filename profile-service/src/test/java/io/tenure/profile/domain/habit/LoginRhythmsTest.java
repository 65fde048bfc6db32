package io.tenure.profile.domain.habit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.profile.domain.habit.Finding.Lack;
import io.tenure.profile.domain.habit.Finding.Unknown;
import io.tenure.profile.domain.habit.LoginRhythm.Kind;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LoginRhythmsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 7, 1);

  @Test
  void classifiesPlantedRhythms() {
    assertThat(kind(day -> true)).isEqualTo(Kind.DAILY);
    assertThat(kind(day -> day.getDayOfWeek().getValue() < 6)).isEqualTo(Kind.WORKDAYS);
    assertThat(kind(day -> day.getDayOfWeek().getValue() > 5)).isEqualTo(Kind.WEEKENDS);
    assertThat(kind(day -> day.getDayOfWeek().getValue() == 3)).isEqualTo(Kind.WEEKLY);
    assertThat(kind(day -> day.getDayOfMonth() == 9 || day.getDayOfMonth() == 25))
        .isEqualTo(Kind.MONTHLY);
    assertThat(kind(day -> day.isAfter(TODAY.minusDays(4)) || day.equals(TODAY.minusDays(80))))
        .isEqualTo(Kind.SPORADIC);
  }

  @Test
  void aWorkedSundayIsAWorkday() {
    BusinessDays sundaysOpen =
        new BusinessDays(
            java.util.Set.of(),
            java.util.Set.copyOf(days(day -> day.getDayOfWeek().getValue() == 7)));
    List<LocalDate> active = days(day -> day.getDayOfWeek().getValue() != 6);
    assertThat(LoginRhythms.find(active, TODAY, sundaysOpen).known().orElseThrow().kind())
        .isEqualTo(Kind.WORKDAYS);
    assertThat(
            LoginRhythms.find(active, TODAY, BusinessDays.WEEKENDS_OFF)
                .known()
                .orElseThrow()
                .kind())
        .isEqualTo(Kind.DAILY);
  }

  @Test
  void burstinessTellsClocksFromBursts() {
    double clock =
        find(day -> day.getDayOfWeek().getValue() == 3).known().orElseThrow().burstiness();
    double bursts = find(day -> day.toEpochDay() % 28 < 4).known().orElseThrow().burstiness();
    assertThat(clock).isEqualTo(-1);
    assertThat(bursts).isGreaterThan(0.2);
  }

  @Test
  void unknownBelowTheMinimum() {
    assertThat(find(day -> day.isAfter(TODAY.minusDays(20))))
        .isEqualTo(new Unknown<>(Lack.TOO_LITTLE));
    assertThat(find(day -> day.toEpochDay() % 27 == 0)).isEqualTo(new Unknown<>(Lack.TOO_LITTLE));
    assertThat(find(day -> day.isBefore(TODAY.minusDays(30)))).isEqualTo(new Unknown<>(Lack.ENDED));
  }

  private static Kind kind(Predicate<LocalDate> active) {
    return find(active).known().orElseThrow().kind();
  }

  private static Finding<LoginRhythm> find(Predicate<LocalDate> active) {
    return LoginRhythms.find(days(active), TODAY, BusinessDays.WEEKENDS_OFF);
  }

  private static List<LocalDate> days(Predicate<LocalDate> active) {
    return IntStream.range(1, 120).mapToObj(i -> TODAY.minusDays(i)).filter(active).toList();
  }
}
