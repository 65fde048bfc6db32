package io.tenure.collector;

import io.grpc.Channel;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.collector.api.ArrivalGrpcService;
import io.tenure.collector.api.Bodies;
import io.tenure.collector.api.CollectorGrpcService;
import io.tenure.collector.api.ContainerProblems;
import io.tenure.collector.api.LedgerGrpcService;
import io.tenure.collector.api.NativeReception;
import io.tenure.collector.api.Problems;
import io.tenure.collector.api.QuarantineGrpcService;
import io.tenure.collector.api.Reception;
import io.tenure.collector.api.SegmentController;
import io.tenure.collector.api.SensorsController;
import io.tenure.collector.api.SensorsPaths;
import io.tenure.collector.api.TrackingPlanGrpcService;
import io.tenure.collector.client.ProfileServiceProfiles;
import io.tenure.collector.domain.arrivals.ArrivalWatch;
import io.tenure.collector.domain.arrivals.Arrivals;
import io.tenure.collector.domain.canary.CanaryRule;
import io.tenure.collector.domain.canary.CanarySeal;
import io.tenure.collector.domain.dialect.BoundedUnpacker;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.Rereader;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.encryption.EnvelopeOpener;
import io.tenure.collector.domain.enrichment.Devices;
import io.tenure.collector.domain.enrichment.Enrichment;
import io.tenure.collector.domain.enrichment.Places;
import io.tenure.collector.domain.intake.C3Screen;
import io.tenure.collector.domain.intake.IdentityRule;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.intake.NameRule;
import io.tenure.collector.domain.intake.TimeWindow;
import io.tenure.collector.domain.intake.ValueRule;
import io.tenure.collector.domain.ledger.Bookkeeping;
import io.tenure.collector.domain.ledger.Reconciler;
import io.tenure.collector.domain.log.BatchLimit;
import io.tenure.collector.domain.log.EventLog;
import io.tenure.collector.domain.plan.Catalogue;
import io.tenure.collector.domain.plan.PlanIndex;
import io.tenure.collector.domain.plan.PlanRule;
import io.tenure.collector.domain.plan.TrackingPlans;
import io.tenure.collector.domain.plan.TypeRule;
import io.tenure.collector.domain.quarantine.QuarantineStore;
import io.tenure.collector.domain.quarantine.Rehearsal;
import io.tenure.collector.domain.quarantine.Replays;
import io.tenure.collector.domain.relay.AgreedSink;
import io.tenure.collector.domain.relay.EventStore;
import io.tenure.collector.domain.relay.EventsSink;
import io.tenure.collector.domain.relay.Profiles;
import io.tenure.collector.domain.relay.QuarantineSink;
import io.tenure.collector.domain.relay.Relay;
import io.tenure.collector.domain.relay.Retention;
import io.tenure.collector.domain.relay.Sink;
import io.tenure.collector.domain.setting.ProjectSettings;
import io.tenure.collector.job.ArrivalExchange;
import io.tenure.collector.job.PlacesRefresh;
import io.tenure.collector.job.ProjectWatch;
import io.tenure.collector.job.ReconcilerJob;
import io.tenure.collector.job.RelayThreads;
import io.tenure.collector.job.SettingsRefresh;
import io.tenure.collector.job.TypeExchange;
import io.tenure.collector.store.ClickHouseEventStore;
import io.tenure.collector.store.ClickHouseQuarantineStore;
import io.tenure.collector.store.DefinitionTrackingPlans;
import io.tenure.collector.store.KafkaEventLog;
import io.tenure.collector.store.KeptDefinitions;
import io.tenure.collector.store.MaxMindPlaces;
import io.tenure.collector.store.RedisArrivals;
import io.tenure.collector.store.RedisTypeArbiter;
import io.tenure.collector.store.RocksCatalogue;
import io.tenure.collector.store.RocksEventLog;
import io.tenure.collector.store.UapDevices;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.rpc.ServiceChannels;
import io.tenure.platform.service.PatientHttp;
import io.tenure.platform.service.ProblemValve;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.service.TenureService;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

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
  QuarantineGrpcService.class,
  SdkWiring.class,
  CanaryWiring.class,
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

  @Bean
  EventLog eventLog(CollectorProperties properties, Clock clock) {
    CollectorProperties.Log log = properties.log();
    Path directory = properties.dataDirectory().resolve("log");
    return switch (log.engine()) {
      case ROCKSDB ->
          new RocksEventLog(
              new RocksEventLog.Settings(
                  directory,
                  properties.dedupWindow(),
                  properties.diskReserve().toBytes(),
                  log.queue(),
                  log.patience()),
              clock);
      case KAFKA ->
          new KafkaEventLog(
              new KafkaEventLog.Settings(
                  log.kafka().servers(),
                  log.kafka().topic(),
                  log.kafka().instance(),
                  log.kafka().instances(),
                  log.kafka().replicas(),
                  log.kafka().client(),
                  directory,
                  properties.dedupWindow(),
                  properties.diskReserve().toBytes(),
                  log.queue(),
                  log.patience()),
              clock);
    };
  }

  @Bean
  Intake intake(
      EventLog log,
      ProjectSettings<PlanIndex> plans,
      Catalogue catalogue,
      CollectorProperties properties,
      Enrichment enrichment,
      CanarySeal canaries,
      MeterRegistry meters,
      ArrivalWatch watch) {
    Limits limits = limits(properties.limits());
    Function<ProjectId, PlanIndex> plan =
        project -> plans.of(project).getOrDefault(DefinitionTrackingPlans.ID, PlanIndex.NONE);
    return new Intake(
        new C3Screen(project -> plan.apply(project).secretNames()),
        new Shape(limits),
        List.of(
            new CanaryRule(canaries),
            new NameRule(limits),
            new ValueRule(limits),
            new TimeWindow(properties.pastWindow(), properties.futureWindow()),
            new IdentityRule(),
            enrichment,
            new PlanRule(plan),
            new TypeRule(plan, catalogue)),
        log,
        new CollectorTelemetry(meters),
        watch);
  }

  @Bean
  Enrichment enrichment(Devices devices, Places places, CollectorProperties properties) {
    return new Enrichment(devices, places, properties.enrichment().ip());
  }

  @Bean
  Devices devices() {
    return new UapDevices();
  }

  @Bean
  Places places(CollectorProperties properties) {
    @Nullable Path file = properties.enrichment().ipDatabase();
    return file == null
        ? Places.NONE
        : new MaxMindPlaces(
            file,
            properties.dataDirectory().resolve("places"),
            properties.enrichment().languages());
  }

  @Bean
  PlacesRefresh placesRefresh(Places places) {
    return new PlacesRefresh(places);
  }

  @Bean
  TrackingPlans trackingPlans(ClickHouse clickHouse, Redis redis, Clock clock) {
    return new DefinitionTrackingPlans(
        new Definitions(clickHouse, redis, clock, DefinitionTrackingPlans.KIND));
  }

  @Bean
  ProjectSettings<PlanIndex> plansInForce(
      ClickHouse clickHouse, Redis redis, Clock clock, CollectorProperties properties) {
    return new KeptDefinitions<>(
        new Definitions(clickHouse, redis, clock, DefinitionTrackingPlans.KIND),
        properties.dataDirectory().resolve("tracking-plans.json"),
        DefinitionTrackingPlans::read);
  }

  @Bean
  Catalogue catalogue(Redis redis, CollectorProperties properties) {
    CollectorProperties.Catalogue room = properties.catalogue();
    return new RocksCatalogue(
        properties.dataDirectory().resolve("catalogue"),
        new RocksCatalogue.Room(room.events(), room.properties(), room.traits(), room.items()),
        new RedisTypeArbiter(redis));
  }

  @Bean
  TypeExchange typeExchange(Catalogue catalogue, Clock clock) {
    return new TypeExchange(catalogue, clock);
  }

  @Bean
  Arrivals arrivals(Redis redis) {
    return new RedisArrivals(redis);
  }

  @Bean
  ArrivalWatch arrivalWatch(Arrivals arrivals, Clock clock) {
    return new ArrivalWatch(arrivals, clock);
  }

  @Bean
  ArrivalExchange arrivalExchange(ArrivalWatch watch) {
    return new ArrivalExchange(watch);
  }

  @Bean
  Reception reception(Intake intake, CollectorProperties properties, Clock clock) {
    CollectorProperties.Limits limits = properties.limits();
    return new Reception(
        new Bodies(bytes(limits.body()), bytes(limits.inflatedBody()), limits.inFlight().toBytes()),
        intake,
        clock);
  }

  @Bean
  NativeReception nativeReception(Intake intake, Clock clock) {
    return new NativeReception(intake, clock);
  }

  /** Makes its tables at once when the server is there; otherwise the relay does so later. */
  @Bean
  EventStore eventStore(ClickHouse clickHouse, ObjectProvider<Migrations> migrations) {
    EventStore store = new ClickHouseEventStore(clickHouse, migrations::getObject);
    if (clickHouse.answers()) {
      store.prepare();
    }
    return store;
  }

  @Bean
  Profiles profiles(
      ServiceChannels channels,
      @Value("${tenure.clients.profile-service}") String target,
      CollectorProperties properties) {
    Channel channel = channels.open("profile-service", target, properties.relay().deadline());
    return new ProfileServiceProfiles(channel);
  }

  @Bean
  Sink eventsSink(Profiles profiles, EventStore store, Catalogue catalogue) {
    return new AgreedSink(new EventsSink(profiles, store), catalogue);
  }

  @Bean
  Sink quarantineSink(EventStore store) {
    return new QuarantineSink(store);
  }

  /** One for each sink, with its lag as a metric. */
  @Bean
  Relays relays(
      EventLog log,
      List<Sink> sinks,
      Clock clock,
      CollectorProperties properties,
      MeterRegistry meters) {
    CollectorProperties.Relay settings = properties.relay();
    BatchLimit limit = new BatchLimit(settings.batchRecords(), settings.batchSize().toBytes());
    List<Relay> relays = sinks.stream().map(sink -> new Relay(log, sink, clock, limit)).toList();
    relays.forEach(relay -> CollectorTelemetry.watch(relay, meters));
    return new Relays(relays);
  }

  /** A list bean of its own type would be taken for a list of beans. */
  record Relays(List<Relay> list) {}

  @Bean
  RelayThreads relayThreads(
      EventLog log, Relays relays, List<Sink> sinks, Clock clock, CollectorProperties properties) {
    CollectorProperties.Relay settings = properties.relay();
    return new RelayThreads(
        relays.list(),
        new Retention(log, sinks, clock, settings.retention()),
        settings.linger(),
        settings.longestPause(),
        settings.givesWay());
  }

  @Bean
  Reconciler reconciler(EventLog log, EventStore store, Clock clock, MeterRegistry meters) {
    Reconciler reconciler = new Reconciler(log, store, clock);
    Gauge.builder(
            CollectorMeter.RECONCILED_EVENTS.id(), reconciler, state -> state.state().events())
        .description(CollectorMeter.RECONCILED_EVENTS.description())
        .register(meters);
    Gauge.builder(
            CollectorMeter.MISMATCHES.id(), reconciler, state -> state.state().mismatches().size())
        .description(CollectorMeter.MISMATCHES.description())
        .register(meters);
    return reconciler;
  }

  @Bean
  ReconcilerJob reconcilerJob(Reconciler reconciler) {
    return new ReconcilerJob(reconciler);
  }

  /** Shows the books of every project as metrics. */
  @Bean
  ProjectWatch projectWatch(EventLog log, MeterRegistry meters) {
    return new ProjectWatch(log, new LedgerMeters(log, meters)::show);
  }

  /** Whatever people set for a project and the door must know at once. */
  @Bean
  SettingsRefresh settingsRefresh(ObjectProvider<ProjectSettings<?>> settings) {
    return new SettingsRefresh(settings.stream().toList());
  }

  @Bean
  Bookkeeping bookkeeping(EventLog log, EventStore store, Relays relays) {
    return new Bookkeeping(log, store, relays.list());
  }

  @Bean
  QuarantineStore quarantineStore(ClickHouse clickHouse) {
    return new ClickHouseQuarantineStore(clickHouse);
  }

  @Bean
  Replays replays(
      QuarantineStore store,
      Intake intake,
      EnvelopeOpener opener,
      CollectorProperties properties,
      Clock clock) {
    CollectorProperties.Limits limits = properties.limits();
    Rereader rereader =
        new Rereader(
            (arrival, form, unpacker) -> new SensorsDecoder(arrival, opener).decode(form, unpacker),
            new BoundedUnpacker(bytes(limits.inflatedBody())));
    return new Replays(
        store,
        new Rehearsal(rereader, new Shape(limits(limits)), intake),
        intake,
        clock,
        task -> Thread.ofVirtual().name("replay").start(task));
  }

  /** Down means that records are answered 503; a store that is away only makes the relay wait. */
  @Bean
  HealthIndicator eventLogHealthIndicator(EventLog log) {
    return () ->
        log.trouble()
            .map(trouble -> Health.outOfService().withDetail("trouble", trouble).build())
            .orElseGet(() -> Health.up().build());
  }

  /** The platform migrates at start; this door must open though ClickHouse is down. */
  @Bean
  static BeanFactoryPostProcessor migrationsWait() {
    return factory -> factory.getBeanDefinition("migrations").setLazyInit(true);
  }

  @Bean
  SensorsPaths sensorsPaths(CollectorProperties properties) {
    return new SensorsPaths(properties.sensorsPaths());
  }

  /** Adds the configured addresses to the controller's own. */
  @Bean
  SmartInitializingSingleton moreSensorsPaths(
      SensorsPaths paths,
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
      SensorsController controller) {
    return () -> paths.register(mapping, controller);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> patience(
      CollectorProperties properties) {
    return PatientHttp.door(properties.headerPatience(), properties.bodyPatience());
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
    return ProblemValve.door();
  }

  /** Web SDKs call from the pages of the app, some with credentials. */
  @Bean
  WebMvcConfigurer crossOrigin(SensorsPaths sensorsPaths) {
    List<String> paths =
        new ArrayList<>(
            List.of("/sa", "/sa/", "/sa.gif", "/debug", "/debug/", "/v1/**", "/beacon/**"));
    paths.addAll(sensorsPaths.all());
    return new WebMvcConfigurer() {
      @Override
      public void addCorsMappings(CorsRegistry registry) {
        for (String path : paths) {
          registry
              .addMapping(path)
              .allowedOriginPatterns("*")
              .allowedMethods("GET", "POST")
              .allowedHeaders("*")
              .allowCredentials(true);
        }
      }
    };
  }

  private static Limits limits(CollectorProperties.Limits limits) {
    return new Limits(
        bytes(limits.record()),
        bytes(limits.keptRecord()),
        limits.properties(),
        limits.valueLength(),
        limits.nameLength());
  }

  private static int bytes(DataSize size) {
    return Math.toIntExact(size.toBytes());
  }
}
