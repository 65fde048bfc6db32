package io.tenure.segment;

import io.tenure.condition.store.ColumnRegistry;
import io.tenure.condition.store.PropertyUse;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.IntervalTurn;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.service.TenureService;
import io.tenure.segment.api.AnalysisApi;
import io.tenure.segment.api.Answers;
import io.tenure.segment.api.CalendarApi;
import io.tenure.segment.api.CatalogueApi;
import io.tenure.segment.api.SavedAnalysisApi;
import io.tenure.segment.api.SegmentApi;
import io.tenure.segment.domain.analysis.Analyses;
import io.tenure.segment.domain.analysis.AnalysisLimits;
import io.tenure.segment.domain.analysis.RememberedAnswers;
import io.tenure.segment.domain.analysis.TableFiles;
import io.tenure.segment.domain.analysis.Watermark;
import io.tenure.segment.domain.background.BackgroundRuns;
import io.tenure.segment.domain.calendar.Calendars;
import io.tenure.segment.domain.catalogue.Catalogue;
import io.tenure.segment.domain.event.EventArchive;
import io.tenure.segment.domain.saved.SavedAnalyses;
import io.tenure.segment.domain.saved.Shelf;
import io.tenure.segment.domain.segment.Audiences;
import io.tenure.segment.domain.segment.RecomputeTurn;
import io.tenure.segment.domain.segment.SegmentDraft;
import io.tenure.segment.domain.segment.Segments;
import io.tenure.segment.job.RecomputeJob;
import io.tenure.segment.store.ClickHouseAudiences;
import io.tenure.segment.store.ClickHouseEventArchive;
import io.tenure.segment.store.ClickHouseMemberships;
import io.tenure.segment.store.ClickHouseStoredNames;
import io.tenure.segment.store.ClickHouseTableFiles;
import io.tenure.segment.store.ClickHouseWatermark;
import io.tenure.segment.store.Conditions;
import io.tenure.segment.store.DefinitionPlans;
import io.tenure.segment.store.DefinitionShelf;
import io.tenure.segment.store.RedisAnswers;
import io.tenure.segment.store.RedisRunBoard;
import io.tenure.segment.store.Scans;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Segments and analyses as a service: with {@link AnalysisModels} this is its whole wiring. */
@TenureService
@EnableScheduling
@EnableConfigurationProperties(SegmentProperties.class)
@Import({
  AnalysisModels.class,
  AnalysisApi.class,
  Answers.class,
  SavedAnalysisApi.class,
  CalendarApi.class,
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
  Shelf<SegmentDraft> segmentCatalog(
      ClickHouse clickHouse, Redis redis, Clock clock, Migrations migrations) {
    migrations.run(NAME);
    return DefinitionShelf.segments(
        new Definitions(clickHouse, redis, clock, DefinitionShelf.SEGMENT));
  }

  @Bean
  Calendars calendars(ClickHouse clickHouse, Redis redis, Clock clock) {
    return new Calendars(
        DefinitionShelf.calendars(
            new Definitions(clickHouse, redis, clock, DefinitionShelf.CALENDAR)));
  }

  @Bean
  AnalysisLimits analysisLimits(SegmentProperties properties) {
    return new AnalysisLimits(properties.maxRows(), properties.maxMemory().toBytes());
  }

  @Bean
  ColumnRegistry columnRegistry(ClickHouse clickHouse, Redis redis, Clock clock) {
    return new ColumnRegistry(clickHouse, clock, new PropertyUse(redis, clock));
  }

  @Bean
  Scans scans(ClickHouse clickHouse, AnalysisLimits limits, ColumnRegistry columns) {
    return new Scans(clickHouse, limits, columns);
  }

  @Bean
  Conditions conditions(ClickHouse clickHouse, Scans scans, Shelf<SegmentDraft> catalog) {
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
        DefinitionShelf.analyses(
            new Definitions(clickHouse, redis, clock, DefinitionShelf.ANALYSIS)),
        DefinitionShelf.dashboards(
            new Definitions(clickHouse, redis, clock, DefinitionShelf.DASHBOARD)));
  }

  @Bean
  Catalogue catalogue(
      ClickHouse clickHouse,
      Redis redis,
      Clock clock,
      ColumnRegistry columns,
      Shelf<SegmentDraft> migrated,
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
      ClickHouse clickHouse, Conditions conditions, Shelf<SegmentDraft> catalog, Clock clock) {
    return new Segments(catalog, new ClickHouseMemberships(clickHouse, conditions), clock);
  }

  @Bean
  RecomputeTurn recomputeTurn(Redis redis, SegmentProperties properties) {
    return new IntervalTurn(redis, "segment:recompute-turn", properties.recomputeInterval())::take;
  }
}
