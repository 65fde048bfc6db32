package io.tenure.collector.api;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.SegmentDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.intake.IdentityRule;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.intake.IntakeMetrics;
import io.tenure.collector.domain.intake.IntakeObserver;
import io.tenure.collector.domain.intake.NameRule;
import io.tenure.collector.domain.intake.Screen;
import io.tenure.collector.domain.intake.StepName;
import io.tenure.collector.domain.intake.StepOutcome;
import io.tenure.collector.domain.intake.StepRun;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.store.log.MemoryEventLog;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the steps tell about themselves. */
final class StepsTest {

  private static final String BATCH =
      """
      {"batch":[{"type":"track","event":"A","userId":"u"},{"type":"track","event":"","userId":"u"},
      {"type":"?","userId":"u"},{"type":"track","event":"secret","userId":"u"}]}
      """;

  private final List<StepRun> runs = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();

  @Test
  void countsEachRecordAtEachStepItReaches() {
    intake(IntakeObserver.NOBODY).take(BANK, drafts());

    assertThat(runs)
        .extracting(StepRun::step)
        .containsExactly(StepName.C3, StepName.SHAPE, StepName.NAMES, StepName.IDENTITY);
    assertThat(runs)
        .extracting(run -> List.of(run.passed(), run.quarantined(), run.refused()))
        .containsExactly(List.of(3, 0, 1), List.of(2, 1, 0), List.of(1, 1, 0), List.of(1, 0, 0));
  }

  @Test
  void showsAWatcherEachStepsOutcome() {
    intake(watching()).take(BANK, drafts());

    assertThat(seen)
        .containsExactly(
            "A: c3 passed, shape passed, names passed, identity passed -> Accepted",
            ": c3 passed, shape passed, names quarantined EVENT_NAME_INVALID -> Quarantined",
            "null: c3 passed, shape quarantined TYPE_UNKNOWN -> Quarantined",
            "null: c3 refused C3_DATA -> Refused");
  }

  @Test
  void asksAWatcherOncePerRequestOnly() {
    int[] asked = new int[1];
    intake(
            new IntakeObserver() {
              @Override
              public boolean watches(ProjectId project) {
                asked[0]++;
                return false;
              }

              @Override
              public void judged(
                  Draft draft, List<StepOutcome> outcomes, Verdict verdict, Outcome outcome) {
                throw new AssertionError();
              }
            })
        .take(BANK, drafts());

    assertThat(asked[0]).isEqualTo(1);
  }

  private IntakeObserver watching() {
    return new IntakeObserver() {
      @Override
      public boolean watches(ProjectId project) {
        return true;
      }

      @Override
      public void judged(
          Draft draft, List<StepOutcome> outcomes, Verdict verdict, Outcome outcome) {
        List<String> steps =
            outcomes.stream()
                .map(o -> (o.step().label() + " " + o.result().label() + " " + o.reason()).strip())
                .toList();
        seen.add(
            draft.fields().get("event")
                + ": "
                + String.join(", ", steps)
                + " -> "
                + outcome.getClass().getSimpleName());
      }
    };
  }

  private Intake intake(IntakeObserver observer) {
    Screen screen =
        new Screen() {
          @Override
          public Look look() {
            return draft ->
                draft.fields().get("event") instanceof String name && name.equals("secret")
                    ? Optional.of(new Verdict.Refuse(RefuseReason.C3_DATA))
                    : Optional.empty();
          }

          @Override
          public Draft masked(Draft draft) {
            return new Draft(
                draft.arrival(),
                draft.dialect(),
                Map.of(),
                Map.of(),
                Draft.Original.of(new byte[0]),
                null);
          }
        };
    IntakeMetrics metrics =
        new IntakeMetrics() {
          @Override
          public void taken(Receipt receipt) {}

          @Override
          public void ran(StepRun run) {
            runs.add(run);
          }
        };
    return new Intake(
        screen,
        new Shape(Limits.DEFAULT),
        List.of(new NameRule(Limits.DEFAULT), new IdentityRule()),
        new MemoryEventLog(Clock.fixed(NOON, ZoneOffset.UTC), Duration.ofDays(7)),
        metrics,
        observer);
  }

  private static List<Draft> drafts() {
    return new SegmentDecoder(new Arrival(BANK, NOON)).batch(BATCH.getBytes(UTF_8));
  }
}
