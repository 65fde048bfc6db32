package io.tenure.segment;

import io.tenure.condition.store.ColumnRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.service.TenureService;
import io.tenure.segment.api.AnalysisApi;
import io.tenure.segment.api.Answers;
import io.tenure.segment.api.AttributionDoor;
import io.tenure.segment.api.CalendarApi;
import io.tenure.segment.api.CatalogueApi;
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
import io.tenure.segment.api.SavedAnalysisApi;
import io.tenure.segment.api.SegmentApi;
import io.tenure.segment.api.SessionDoor;
import io.tenure.segment.api.TrendDoor;
import io.tenure.segment.domain.analysis.Analyses;
import io.tenure.segment.domain.analysis.AnalysisLimits;
import io.tenure.segment.domain.analysis.RememberedAnswers;
import io.tenure.segment.domain.analysis.TableFiles;
import io.tenure.segment.domain.analysis.Watermark;
import io.tenure.segment.domain.attribution.Attributions;
import io.tenure.segment.domain.background.BackgroundRuns;
import io.tenure.segment.domain.calendar.Calendars;
import io.tenure.segment.domain.catalogue.Catalogue;
import io.tenure.segment.domain.distribution.Distributions;
import io.tenure.segment.domain.event.EventArchive;
import io.tenure.segment.domain.exposure.ExposureModel;
import io.tenure.segment.domain.form.FormModel;
import io.tenure.segment.domain.funnel.Funnels;
import io.tenure.segment.domain.interval.Intervals;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.lifecycle.Lifecycles;
import io.tenure.segment.domain.ltv.Ltvs;
import io.tenure.segment.domain.path.Paths;
import io.tenure.segment.domain.retention.Retentions;
import io.tenure.segment.domain.saved.AnalysisDraft;
import io.tenure.segment.domain.saved.DashboardDraft;
import io.tenure.segment.domain.saved.SavedAnalyses;
import io.tenure.segment.domain.segment.Audiences;
import io.tenure.segment.domain.segment.RecomputeTurn;
import io.tenure.segment.domain.segment.SegmentCatalog;
import io.tenure.segment.domain.segment.Segments;
import io.tenure.segment.domain.session.SessionModel;
import io.tenure.segment.domain.track.Tracks;
import io.tenure.segment.domain.trend.Trends;
import io.tenure.segment.job.RecomputeJob;
import io.tenure.segment.store.ClickHouseActivity;
import io.tenure.segment.store.ClickHouseAudiences;
import io.tenure.segment.store.ClickHouseEventArchive;
import io.tenure.segment.store.ClickHouseJourneys;
import io.tenure.segment.store.ClickHouseLifespans;
import io.tenure.segment.store.ClickHouseMeasures;
import io.tenure.segment.store.ClickHouseMemberships;
import io.tenure.segment.store.ClickHouseStoredNames;
import io.tenure.segment.store.ClickHouseTableFiles;
import io.tenure.segment.store.ClickHouseTracks;
import io.tenure.segment.store.ClickHouseTrendCounts;
import io.tenure.segment.store.ClickHouseWatermark;
import io.tenure.segment.store.Conditions;
import io.tenure.segment.store.DefinitionCalendarCatalog;
import io.tenure.segment.store.DefinitionPlans;
import io.tenure.segment.store.DefinitionSegmentCatalog;
import io.tenure.segment.store.DefinitionShelf;
import io.tenure.segment.store.RedisAnswers;
import io.tenure.segment.store.RedisRecomputeTurn;
import io.tenure.segment.store.RedisRunBoard;
import io.tenure.segment.store.Scans;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Segments and analyses as a service: this class is its whole wiring. */
@TenureService
@EnableScheduling
@EnableConfigurationProperties(SegmentProperties.class)
@Import({
  AnalysisApi.class,
  Answers.class,
  SavedAnalysisApi.class,
  CalendarApi.class,
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
  CatalogueApi.class,
  SegmentApi.class,
  RecomputeJob.class
})
public class SegmentApplication {

  /** Name of the service, its configuration file and its schema. */
  public static final String NAME = "segment-service";

  /** Starts the service alone. */
  public static void main(String[] arguments) {
    ServiceRunner.service(SegmentApplication.class, NAME).run(arguments);
  }

  @Bean
  SegmentCatalog segmentCatalog(
      ClickHouse clickHouse, Redis redis, Clock clock, Migrations migrations) {
    migrations.run(NAME);
    return new DefinitionSegmentCatalog(
        new Definitions(clickHouse, redis, clock, DefinitionSegmentCatalog.KIND));
  }

  @Bean
  Calendars calendars(ClickHouse clickHouse, Redis redis, Clock clock) {
    return new Calendars(
        new DefinitionCalendarCatalog(
            new Definitions(clickHouse, redis, clock, DefinitionCalendarCatalog.KIND)));
  }

  @Bean
  AnalysisLimits analysisLimits(SegmentProperties properties) {
    return new AnalysisLimits(properties.maxRows(), properties.maxMemory().toBytes());
  }

  @Bean
  ColumnRegistry columnRegistry(ClickHouse clickHouse, Clock clock) {
    return new ColumnRegistry(clickHouse, clock);
  }

  @Bean
  Scans scans(ClickHouse clickHouse, AnalysisLimits limits, ColumnRegistry columns) {
    return new Scans(clickHouse, limits, columns);
  }

  @Bean
  Conditions conditions(ClickHouse clickHouse, Scans scans, SegmentCatalog catalog) {
    return new Conditions(clickHouse, scans, catalog);
  }

  @Bean
  Watermark watermark(ClickHouse clickHouse, Clock clock) {
    return new ClickHouseWatermark(clickHouse, clock);
  }

  @Bean
  Analyses analyses(Watermark watermark, Clock clock) {
    return new Analyses(watermark, clock);
  }

  @Bean
  RememberedAnswers rememberedAnswers(Redis redis) {
    return new RedisAnswers(redis);
  }

  @Bean
  BackgroundRuns backgroundRuns(Redis redis, Scans scans, Clock clock) {
    return new BackgroundRuns(new RedisRunBoard(redis), scans, clock);
  }

  @Bean
  TableFiles tableFiles(ClickHouse clickHouse) {
    return new ClickHouseTableFiles(clickHouse);
  }

  @Bean
  SavedAnalyses savedAnalyses(ClickHouse clickHouse, Redis redis, Clock clock) {
    return new SavedAnalyses(
        new DefinitionShelf<>(
            new Definitions(clickHouse, redis, clock, DefinitionShelf.ANALYSIS),
            AnalysisDraft.class),
        new DefinitionShelf<>(
            new Definitions(clickHouse, redis, clock, DefinitionShelf.DASHBOARD),
            DashboardDraft.class));
  }

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
  Tracks tracks(Scans scans, Conditions conditions) {
    return new ClickHouseTracks(scans, conditions);
  }

  @Bean
  Paths paths(Tracks tracks) {
    return new Paths(tracks);
  }

  @Bean
  Attributions attributions(Tracks tracks) {
    return new Attributions(tracks);
  }

  @Bean
  Intervals intervals(Tracks tracks) {
    return new Intervals(tracks);
  }

  @Bean
  SessionModel sessionModel(Tracks tracks) {
    return new SessionModel(tracks);
  }

  @Bean
  FormModel formModel(Tracks tracks) {
    return new FormModel(tracks);
  }

  @Bean
  ExposureModel exposureModel(Tracks tracks) {
    return new ExposureModel(tracks);
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

  @Bean
  Catalogue catalogue(
      ClickHouse clickHouse,
      Redis redis,
      Clock clock,
      ColumnRegistry columns,
      SegmentCatalog migrated,
      SegmentProperties properties) {
    return new Catalogue(
        new ClickHouseStoredNames(clickHouse, columns),
        new DefinitionPlans(new Definitions(clickHouse, redis, clock, DefinitionPlans.KIND)),
        properties.catalogueEvents());
  }

  @Bean
  EventArchive eventArchive(ClickHouse clickHouse) {
    return new ClickHouseEventArchive(clickHouse);
  }

  @Bean
  Audiences audiences(ClickHouse clickHouse, Conditions conditions) {
    return new ClickHouseAudiences(clickHouse, conditions);
  }

  @Bean
  Segments segments(
      ClickHouse clickHouse, Conditions conditions, SegmentCatalog catalog, Clock clock) {
    return new Segments(catalog, new ClickHouseMemberships(clickHouse, conditions), clock);
  }

  @Bean
  RecomputeTurn recomputeTurn(Redis redis, SegmentProperties properties) {
    return new RedisRecomputeTurn(redis, properties.recomputeInterval());
  }
}
