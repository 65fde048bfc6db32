package io.tenure.segment;

import io.tenure.segment.api.ArmDoor;
import io.tenure.segment.api.AttributionDoor;
import io.tenure.segment.api.DistributionDoor;
import io.tenure.segment.api.ExposureDoor;
import io.tenure.segment.api.FormDoor;
import io.tenure.segment.api.FunnelDoor;
import io.tenure.segment.api.IntervalDoor;
import io.tenure.segment.api.LifecycleDoor;
import io.tenure.segment.api.LtvDoor;
import io.tenure.segment.api.ModelDoors;
import io.tenure.segment.api.PathDoor;
import io.tenure.segment.api.RetentionDoor;
import io.tenure.segment.api.SessionDoor;
import io.tenure.segment.api.TrendDoor;
import io.tenure.segment.domain.arm.ArmComparison;
import io.tenure.segment.domain.attribution.Attributions;
import io.tenure.segment.domain.distribution.Distributions;
import io.tenure.segment.domain.exposure.Exposures;
import io.tenure.segment.domain.form.FormLenses;
import io.tenure.segment.domain.funnel.Funnels;
import io.tenure.segment.domain.interval.Intervals;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.lifecycle.Lifecycles;
import io.tenure.segment.domain.ltv.Ltvs;
import io.tenure.segment.domain.path.Paths;
import io.tenure.segment.domain.retention.Retentions;
import io.tenure.segment.domain.session.SessionModel;
import io.tenure.segment.domain.trend.Trends;
import io.tenure.segment.store.ClickHouseActivity;
import io.tenure.segment.store.ClickHouseJourneys;
import io.tenure.segment.store.ClickHouseLifespans;
import io.tenure.segment.store.ClickHouseMeasures;
import io.tenure.segment.store.ClickHouseTrendCounts;
import io.tenure.segment.store.Conditions;
import io.tenure.segment.store.Scans;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Every model of analysis with its door. */
@Configuration(proxyBeanMethods = false)
@Import({
  ModelDoors.class,
  TrendDoor.class,
  FunnelDoor.class,
  RetentionDoor.class,
  LifecycleDoor.class,
  DistributionDoor.class,
  LtvDoor.class,
  PathDoor.class,
  AttributionDoor.class,
  IntervalDoor.class,
  SessionDoor.class,
  FormDoor.class,
  ExposureDoor.class,
  ArmDoor.class
})
class AnalysisModels {

  @Bean
  Journeys journeys(Scans scans, Conditions conditions) {
    return new ClickHouseJourneys(scans, conditions);
  }

  @Bean
  Funnels funnels(Journeys journeys) {
    return new Funnels(journeys);
  }

  @Bean
  Retentions retentions(Scans scans, Conditions conditions, Journeys journeys) {
    return new Retentions(new ClickHouseActivity(scans, conditions), journeys);
  }

  @Bean
  Paths paths(Journeys journeys) {
    return new Paths(journeys);
  }

  @Bean
  Attributions attributions(Journeys journeys) {
    return new Attributions(journeys);
  }

  @Bean
  Intervals intervals(Journeys journeys) {
    return new Intervals(journeys);
  }

  @Bean
  SessionModel sessionModel(Journeys journeys) {
    return new SessionModel(journeys);
  }

  @Bean
  FormLenses formLenses(Journeys journeys) {
    return new FormLenses(journeys);
  }

  @Bean
  Exposures exposures(Journeys journeys) {
    return new Exposures(journeys);
  }

  @Bean
  ArmComparison armComparison(Journeys journeys) {
    return new ArmComparison(journeys);
  }

  @Bean
  Lifecycles lifecycles(Scans scans, Conditions conditions) {
    return new Lifecycles(new ClickHouseLifespans(scans, conditions));
  }

  @Bean
  Distributions distributions(Scans scans, Conditions conditions) {
    return new Distributions(new ClickHouseMeasures(scans, conditions));
  }

  @Bean
  Ltvs ltvs(Journeys journeys) {
    return new Ltvs(journeys);
  }

  @Bean
  Trends trends(Scans scans, Conditions conditions) {
    return new Trends(new ClickHouseTrendCounts(scans, conditions));
  }
}
