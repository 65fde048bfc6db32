package io.tenure.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tenure.collector.domain.intake.StepName;
import io.tenure.collector.domain.intake.StepOutcome.Result;
import io.tenure.collector.domain.intake.StepRun;
import java.util.EnumMap;
import java.util.Map;

/** Counts and times the steps; the meters are looked up once, not at every request. */
final class StepMeters {

  private record Meters(Map<Result, Counter> counters, Timer timer) {}

  private final Map<StepName, Meters> meters = new EnumMap<>(StepName.class);

  StepMeters(MeterRegistry registry) {
    for (StepName step : StepName.values()) {
      Map<Result, Counter> counters = new EnumMap<>(Result.class);
      for (Result result : Result.values()) {
        counters.put(
            result,
            Counter.builder(CollectorMeter.STEP.id())
                .description(CollectorMeter.STEP.description())
                .tag("step", step.label())
                .tag("outcome", result.label())
                .register(registry));
      }
      Timer timer =
          Timer.builder(CollectorMeter.STEP_TIME.id())
              .description(CollectorMeter.STEP_TIME.description())
              .tag("step", step.label())
              .register(registry);
      meters.put(step, new Meters(counters, timer));
    }
  }

  void add(StepRun run) {
    Meters of = meters.get(run.step());
    if (of == null) {
      return;
    }
    count(of, Result.PASSED, run.passed());
    count(of, Result.CHANGED, run.changed());
    count(of, Result.QUARANTINED, run.quarantined());
    count(of, Result.REFUSED, run.refused());
    of.timer().record(run.time());
  }

  private static void count(Meters of, Result result, int records) {
    Counter counter = of.counters().get(result);
    if (records > 0 && counter != null) {
      counter.increment(records);
    }
  }
}
