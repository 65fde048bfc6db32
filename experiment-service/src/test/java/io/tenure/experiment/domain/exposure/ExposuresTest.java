package io.tenure.experiment.domain.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.exposure.ExposureLog.Seen;
import io.tenure.experiment.domain.exposure.ExposureLog.Verdict;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExposuresTest {

  private static final ProjectId BANK = new ProjectId("bank");
  private static final ProjectId BROKER = new ProjectId("broker");
  private static final Dealt DEALT =
      new Dealt("big-button", 2, "button", "大", UnitType.ACCOUNT, "acc-1", "李-1");

  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final ExposureTokens tokens =
      new ExposureTokens(project -> project.value().getBytes(StandardCharsets.UTF_8), clock);
  private final List<Seen> written = new ArrayList<>();
  private final Exposures exposures =
      new Exposures(
          tokens,
          seen -> {
            written.addAll(seen);
            return seen.stream().<Verdict>map(_ -> new Verdict.Accepted()).toList();
          });

  @Test
  void readsWhatItSigned() {
    assertThat(tokens.verify(BANK, tokens.sign(BANK, DEALT))).contains(DEALT);
  }

  @Test
  void believesNoChangedToken() {
    String token = tokens.sign(BANK, DEALT);
    for (int at = 0; at < token.length(); at++) {
      char other = token.charAt(at) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, at) + other + token.substring(at + 1);
      assertThat(tokens.verify(BANK, changed))
          .as("character %d", at)
          .satisfies(dealt -> assertThat(dealt.filter(found -> !found.equals(DEALT))).isEmpty());
    }
    assertThat(tokens.verify(BROKER, token)).isEmpty();
    assertThat(tokens.verify(BANK, "")).isEmpty();
    assertThat(tokens.verify(BANK, ".")).isEmpty();
    assertThat(tokens.verify(BANK, "!.!")).isEmpty();
    assertThat(tokens.verify(BANK, token + ".x")).isEmpty();
  }

  @Test
  void signsTheSameWithinADay() {
    String token = tokens.sign(BANK, DEALT);

    clock.advance(Duration.ofHours(24).minusMillis(1));
    assertThat(tokens.sign(BANK, DEALT)).isEqualTo(token);
    clock.advance(Duration.ofMillis(1));
    assertThat(tokens.sign(BANK, DEALT)).isNotEqualTo(token);
  }

  @Test
  void believesATokenForNinetyDaysAfterTheDayItWasSigned() {
    String token = tokens.sign(BANK, DEALT);

    clock.advance(Duration.ofDays(91));
    assertThat(tokens.verify(BANK, token)).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(tokens.verify(BANK, token)).isEmpty();
  }

  @Test
  void signsNothingWithoutASecret() {
    ExposureTokens without =
        new ExposureTokens(
            _ -> {
              throw Failure.unavailable("away", Duration.ofSeconds(1));
            },
            clock);

    assertThat(without.sign(BANK, DEALT)).isEmpty();
  }

  @Test
  void writesDownWhatIsTrueInOrder() {
    String good = tokens.sign(BANK, DEALT);

    List<Verdict> verdicts =
        exposures.record(
            BANK, List.of(report("forged", ""), report(good, ""), report(good, "login-7")));

    assertThat(verdicts)
        .containsExactly(
            new Verdict.Refused("TOKEN_INVALID"), new Verdict.Accepted(), new Verdict.Accepted());
    assertThat(written).extracting(Seen::loginId).containsExactly("李-1", "login-7");
    assertThat(written).extracting(Seen::id).containsOnly(written.getFirst().id());
  }

  @Test
  void tellsVariantsPhasesAndUnitsApart() {
    List<Dealt> others =
        List.of(
            DEALT,
            new Dealt("big-button", 3, "button", "大", UnitType.ACCOUNT, "acc-1", "李-1"),
            new Dealt("big-button", 2, "button", "小", UnitType.ACCOUNT, "acc-1", "李-1"),
            new Dealt("big-button", 2, "button", "大", UnitType.ACCOUNT, "acc-2", "李-1"),
            new Dealt("big-button", 2, "button", "大", UnitType.USER, "acc-1", "李-1"));

    exposures.record(
        BANK, others.stream().map(dealt -> report(tokens.sign(BANK, dealt), "")).toList());

    assertThat(written).extracting(Seen::id).doesNotHaveDuplicates();
  }

  private static Exposures.Report report(String token, String loginId) {
    return new Exposures.Report(token, null, loginId, "");
  }
}
