package io.tenure.collector;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.collector.api.Bodies;
import io.tenure.collector.api.NativeReception;
import io.tenure.collector.api.Reception;
import io.tenure.collector.domain.arrivals.ArrivalWatch;
import io.tenure.collector.domain.canary.CanaryRule;
import io.tenure.collector.domain.canary.CanarySeal;
import io.tenure.collector.domain.consent.ConsentRule;
import io.tenure.collector.domain.consent.ExceptDecisions;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.enrichment.Enrichment;
import io.tenure.collector.domain.intake.C3Screen;
import io.tenure.collector.domain.intake.IdentityKeys;
import io.tenure.collector.domain.intake.IdentityRule;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.intake.NameRule;
import io.tenure.collector.domain.intake.TimeWindow;
import io.tenure.collector.domain.intake.ValueRule;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.plan.Catalogue;
import io.tenure.collector.domain.plan.PlanIndex;
import io.tenure.collector.domain.plan.PlanRule;
import io.tenure.collector.domain.plan.TypeRule;
import io.tenure.collector.domain.setting.ProjectSettings;
import io.tenure.collector.store.DefinitionTrackingPlans;
import io.tenure.collector.store.IdentityPlanKeys;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps every record goes through. */
@Configuration(proxyBeanMethods = false)
class IntakeWiring {

  @Bean
  Intake intake(
      EventLog log,
      ProjectSettings<PlanIndex> plans,
      Catalogue catalogue,
      CollectorProperties properties,
      Enrichment enrichment,
      ConsentRule consent,
      CanarySeal canaries,
      MeterRegistry meters,
      ArrivalWatch watch,
      ProjectSettings<IdentityKeys> identityKeys) {
    Limits limits = properties.limits().ofRecords();
    Function<ProjectId, PlanIndex> plan =
        project -> plans.of(project).getOrDefault(DefinitionTrackingPlans.ID, PlanIndex.NONE);
    return new Intake(
        new C3Screen(project -> plan.apply(project).secretNames()),
        new Shape(limits),
        List.of(
            new CanaryRule(canaries),
            consent,
            new ExceptDecisions(new NameRule(limits)),
            new ExceptDecisions(new ValueRule(limits)),
            new ExceptDecisions(new TimeWindow(properties.pastWindow(), properties.futureWindow())),
            new IdentityRule(
                project ->
                    identityKeys.of(project).getOrDefault(IdentityPlanKeys.ID, IdentityKeys.ANY)),
            new ExceptDecisions(enrichment),
            new ExceptDecisions(new PlanRule(plan)),
            new ExceptDecisions(new TypeRule(plan, catalogue))),
        log,
        new CollectorTelemetry(meters),
        watch,
        consent);
  }

  @Bean
  Reception reception(Intake intake, CollectorProperties properties, Clock clock) {
    CollectorProperties.Limits limits = properties.limits();
    return new Reception(
        new Bodies(
            Math.toIntExact(limits.body().toBytes()),
            Math.toIntExact(limits.inflatedBody().toBytes()),
            limits.inFlight().toBytes()),
        intake,
        clock);
  }

  @Bean
  NativeReception nativeReception(Intake intake, Clock clock) {
    return new NativeReception(intake, clock);
  }
}
