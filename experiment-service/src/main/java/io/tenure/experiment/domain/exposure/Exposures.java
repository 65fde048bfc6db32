package io.tenure.experiment.domain.exposure;

import io.tenure.experiment.domain.exposure.ExposureLog.Seen;
import io.tenure.experiment.domain.exposure.ExposureLog.Verdict;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes reports of exposures and writes down those that are true. */
public final class Exposures {

  private static final Verdict FORGED = new Verdict.Refused("TOKEN_INVALID");

  private final ExposureTokens tokens;
  private final ExposureLog log;

  /** Exposures proved by these tokens, kept in that log. */
  public Exposures(ExposureTokens tokens, ExposureLog log) {
    this.tokens = tokens;
    this.log = log;
  }

  /**
   * Somebody says that they saw what was dealt.
   *
   * @param token says what was dealt
   * @param time when; null for now
   * @param loginId of who saw it; empty for none
   * @param anonymousId of who saw it; empty for none
   */
  public record Report(String token, @Nullable Instant time, String loginId, String anonymousId) {}

  /**
   * Records exposures.
   *
   * @return what became of each, in their order
   */
  public List<Verdict> record(ProjectId project, List<Report> reports) {
    List<Optional<Seen>> seen = reports.stream().map(report -> seen(project, report)).toList();
    List<Seen> good = seen.stream().flatMap(Optional::stream).toList();
    Iterator<Verdict> kept = (good.isEmpty() ? List.<Verdict>of() : log.write(good)).iterator();
    List<Verdict> verdicts = new ArrayList<>();
    for (Optional<Seen> one : seen) {
      verdicts.add(one.isPresent() ? kept.next() : FORGED);
    }
    return verdicts;
  }

  private Optional<Seen> seen(ProjectId project, Report report) {
    return tokens.verify(project, report.token()).map(dealt -> seen(report, dealt));
  }

  private static Seen seen(Report report, Dealt dealt) {
    boolean unnamed = report.loginId().isEmpty() && report.anonymousId().isEmpty();
    return new Seen(
        id(dealt),
        dealt,
        report.time(),
        unnamed ? dealt.targetingKey() : report.loginId(),
        report.anonymousId());
  }

  /** Another variant is another exposure: a unit that saw two must be found. */
  private static String id(Dealt dealt) {
    String text =
        String.join(
            "\n",
            "exposure",
            dealt.experiment(),
            Integer.toString(dealt.phase()),
            dealt.variant(),
            dealt.unitType().name(),
            dealt.unit());
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
