package io.tenure.collector;

import io.tenure.collector.api.ArrivalGrpcService;
import io.tenure.collector.api.CollectorGrpcService;
import io.tenure.collector.api.ContainerProblems;
import io.tenure.collector.api.LedgerGrpcService;
import io.tenure.collector.api.Problems;
import io.tenure.collector.api.QuarantineGrpcService;
import io.tenure.collector.api.SegmentController;
import io.tenure.collector.api.SensorsController;
import io.tenure.collector.api.TrackingPlanGrpcService;
import io.tenure.collector.api.TraitGrpcService;
import io.tenure.collector.domain.setting.ProjectSettings;
import io.tenure.collector.job.SettingsRefresh;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.service.TenureService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The event collector: the door, the log, the relay, and how they hang together. */
@TenureService
@EnableScheduling
@EnableConfigurationProperties(CollectorProperties.class)
@Import({
  SensorsController.class,
  SegmentController.class,
  Problems.class,
  ContainerProblems.class,
  CollectorGrpcService.class,
  TraitGrpcService.class,
  QuarantineGrpcService.class,
  DoorWiring.class,
  IntakeWiring.class,
  EnrichmentWiring.class,
  ConsentWiring.class,
  PlanWiring.class,
  IdentityKeyWiring.class,
  SdkWiring.class,
  LogWiring.class,
  RelayWiring.class,
  QuarantineWiring.class,
  ArrivalWiring.class,
  CanaryWiring.class,
  ErasureWiring.class,
  ExpiryWiring.class,
  MergeWiring.class,
  ColumnWiring.class,
  ExportWiring.class,
  TrackingPlanGrpcService.class,
  ArrivalGrpcService.class,
  LedgerGrpcService.class
})
public class CollectorApplication {

  /** Name of the service. */
  public static final String NAME = "event-collector";

  /** Starts the service. */
  public static void main(String[] arguments) {
    ServiceRunner.service(CollectorApplication.class, NAME).run(arguments);
  }

  /** Whatever people set for a project and the door must know at once. */
  @Bean
  SettingsRefresh settingsRefresh(ObjectProvider<ProjectSettings<?>> settings) {
    return new SettingsRefresh(settings.stream().toList());
  }

  /** The platform migrates at start; this door must open though ClickHouse is down. */
  @Bean
  static BeanFactoryPostProcessor migrationsWait() {
    return factory -> factory.getBeanDefinition("migrations").setLazyInit(true);
  }
}
