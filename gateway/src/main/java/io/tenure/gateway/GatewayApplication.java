package io.tenure.gateway;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.grpc.ServiceDescriptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.tenure.gateway.api.Authentication;
import io.tenure.gateway.api.BoundedBody;
import io.tenure.gateway.api.ContainerProblems;
import io.tenure.gateway.api.CrossOrigin;
import io.tenure.gateway.api.Problems;
import io.tenure.gateway.api.SecurityHeaders;
import io.tenure.gateway.api.SendingLimit;
import io.tenure.gateway.api.abtest.AbTestRoutes;
import io.tenure.gateway.api.access.AccessBackend;
import io.tenure.gateway.api.console.ConsoleRoutes;
import io.tenure.gateway.api.ingest.CollectorBreaker;
import io.tenure.gateway.api.ingest.CollectorForward;
import io.tenure.gateway.api.ingest.IngestPaths;
import io.tenure.gateway.api.ingest.IngestRoutes;
import io.tenure.gateway.api.ingest.PublicConfigRoutes;
import io.tenure.gateway.api.ingest.SdkSettings;
import io.tenure.gateway.api.ofrep.FlagEventRoutes;
import io.tenure.gateway.api.ofrep.OfrepRoutes;
import io.tenure.gateway.api.openapi.OpenApi;
import io.tenure.gateway.api.rest.Backend;
import io.tenure.gateway.api.rest.ChannelBackend;
import io.tenure.gateway.api.rest.Transcoder;
import io.tenure.gateway.client.GrpcFlagChanges;
import io.tenure.gateway.client.GrpcHealthProbe;
import io.tenure.gateway.client.HttpHealthProbe;
import io.tenure.gateway.client.StoreHealthProbe;
import io.tenure.gateway.domain.Bootstrap;
import io.tenure.gateway.domain.Directory;
import io.tenure.gateway.domain.FlagChanges;
import io.tenure.gateway.domain.KeyLimits;
import io.tenure.gateway.domain.Keys;
import io.tenure.gateway.domain.Passwords;
import io.tenure.gateway.domain.PlatformHealth;
import io.tenure.gateway.domain.Register;
import io.tenure.gateway.domain.SignIn;
import io.tenure.gateway.store.DefinitionDirectory;
import io.tenure.gateway.store.RedisSessions;
import io.tenure.gateway.store.RedisSignInLimit;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.rpc.ServiceChannels;
import io.tenure.platform.service.PatientHttp;
import io.tenure.platform.service.ProblemValve;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.service.TenureService;
import io.tenure.proto.access.v1.AccessServiceGrpc;
import io.tenure.proto.alert.v1.AlertServiceGrpc;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc;
import io.tenure.proto.analysis.v1.CalendarServiceGrpc;
import io.tenure.proto.analysis.v1.CatalogueServiceGrpc;
import io.tenure.proto.analysis.v1.SavedAnalysisServiceGrpc;
import io.tenure.proto.consent.v1.ConsentServiceGrpc;
import io.tenure.proto.erasure.v1.ErasureServiceGrpc;
import io.tenure.proto.event.v1.ArrivalServiceGrpc;
import io.tenure.proto.event.v1.CollectorServiceGrpc;
import io.tenure.proto.event.v1.LedgerServiceGrpc;
import io.tenure.proto.event.v1.PropertyColumnServiceGrpc;
import io.tenure.proto.event.v1.QuarantineServiceGrpc;
import io.tenure.proto.event.v1.TraitServiceGrpc;
import io.tenure.proto.experiment.v1.AssignmentServiceGrpc;
import io.tenure.proto.experiment.v1.ExperimentServiceGrpc;
import io.tenure.proto.experiment.v1.ExposureServiceGrpc;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import io.tenure.proto.experiment.v1.LayerServiceGrpc;
import io.tenure.proto.experiment.v1.MetricServiceGrpc;
import io.tenure.proto.experiment.v1.ResultServiceGrpc;
import io.tenure.proto.experiment.v1.StatisticsServiceGrpc;
import io.tenure.proto.export.v1.ExportServiceGrpc;
import io.tenure.proto.plan.v1.TrackingPlanServiceGrpc;
import io.tenure.proto.profile.v1.ComputedTraitServiceGrpc;
import io.tenure.proto.profile.v1.IdentityServiceGrpc;
import io.tenure.proto.profile.v1.MergeServiceGrpc;
import io.tenure.proto.profile.v1.ProfileQueryServiceGrpc;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.SealingServiceGrpc;
import io.tenure.proto.profile.v1.SquashServiceGrpc;
import io.tenure.proto.retention.v1.RetentionPolicyServiceGrpc;
import io.tenure.proto.sdk.v1.SdkServiceGrpc;
import io.tenure.proto.segment.v1.SegmentServiceGrpc;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The gateway: the only door from outside. */
@TenureService
@EnableConfigurationProperties({GatewayProperties.class, PeerProperties.class})
@Import(ContainerProblems.class)
public class GatewayApplication {

  /** Name of the service and of its configuration file. */
  public static final String NAME = "gateway";

  private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(2);

  /** Starts the gateway. */
  public static void main(String[] arguments) {
    ServiceRunner.service(GatewayApplication.class, NAME).run(arguments);
  }

  // What is served, in the order of precedence.

  @Bean
  RouterFunction<ServerResponse> routes(
      IngestRoutes ingest,
      PublicConfigRoutes configs,
      SdkSettings settings,
      OfrepRoutes ofrep,
      FlagEventRoutes flagEvents,
      AbTestRoutes abTest,
      OpenApi openApi,
      Transcoder transcoder) {
    return ingest
        .router()
        .and(configs.router())
        .and(settings.router())
        .and(ofrep.router())
        .and(flagEvents.router())
        .and(abTest.router())
        .and(openApi.router())
        .and(transcoder)
        .and(new ConsoleRoutes());
  }

  @Bean
  IngestPaths ingestPaths(GatewayProperties properties) {
    return new IngestPaths(properties.sensorsPaths());
  }

  @Bean
  IngestRoutes ingestRoutes(
      IngestPaths paths,
      Register register,
      BoundedBody bodies,
      SendingLimit limit,
      CollectorBreaker breaker,
      CollectorForward forward) {
    return new IngestRoutes(paths, register, bodies, limit, breaker, forward);
  }

  @Bean
  PublicConfigRoutes publicConfigRoutes(
      IngestPaths paths, Register register, CollectorBreaker breaker, CollectorForward forward) {
    return new PublicConfigRoutes(paths, register, breaker, forward);
  }

  @Bean
  CollectorForward collectorForward(ProxyExchange proxy, PeerProperties peers) {
    return new CollectorForward(proxy, peers.collector().url());
  }

  @Bean
  CollectorBreaker collectorBreaker(MeterRegistry meters) {
    CircuitBreakerRegistry breakers =
        CircuitBreakerRegistry.of(
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .waitDurationInOpenState(Duration.ofSeconds(2))
                .permittedNumberOfCallsInHalfOpenState(3)
                .build());
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    CircuitBreaker breaker = breakers.circuitBreaker("collector-http");
    return new CollectorBreaker(breaker);
  }

  @Bean
  SdkSettings sdkSettings(Register register, GatewayProperties properties) {
    return new SdkSettings(register, properties.publicUrl());
  }

  @Bean
  SendingLimit sendingLimit(GatewayProperties properties) {
    GatewayProperties.Limits limits = properties.limits();
    return new SendingLimit(
        new KeyLimits(limits.requestsPerSecond(), limits.keys(), limits.burst(), System::nanoTime));
  }

  @Bean
  OfrepRoutes ofrepRoutes(Authentication authentication, BoundedBody bodies, Peers peers) {
    return new OfrepRoutes(authentication, bodies, peers.experiments());
  }

  @Bean
  AbTestRoutes abTestRoutes(
      Register register, SendingLimit limit, BoundedBody bodies, Peers peers) {
    return new AbTestRoutes(register, limit, bodies, peers.experiments());
  }

  @Bean
  GrpcFlagChanges flagChanges(Peers peers) {
    return new GrpcFlagChanges(peers.experiments());
  }

  @Bean
  FlagEventRoutes flagEventRoutes(
      Register register, FlagChanges changes, GatewayProperties properties) {
    return new FlagEventRoutes(register, changes, properties.flagStreams());
  }

  /** Before the server waits for its requests to end. */
  @Bean
  ApplicationListener<ContextClosedEvent> endOfFlagEvents(FlagEventRoutes events) {
    return _ -> events.close();
  }

  @Bean
  OpenApi openApi(Transcoder transcoder) {
    return new OpenApi(transcoder.bindings());
  }

  @Bean
  Transcoder transcoder(
      AccessBackend access,
      Peers peers,
      Authentication authentication,
      SendingLimit limit,
      BoundedBody bodies) {
    Map<ServiceDescriptor, Backend> services = new LinkedHashMap<>();
    services.put(AccessServiceGrpc.getServiceDescriptor(), access);
    services.put(
        CollectorServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.collector()));
    services.put(TraitServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.collector()));
    services.put(
        QuarantineServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.collector()));
    services.put(SdkServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.collector()));
    services.put(
        TrackingPlanServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.collector()));
    services.put(LedgerServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.collector()));
    services.put(
        PropertyColumnServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.collector()));
    services.put(ArrivalServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.collector()));
    services.put(ProfileServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.profiles()));
    services.put(IdentityServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.profiles()));
    services.put(ConsentServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.profiles()));
    services.put(MergeServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.profiles()));
    services.put(
        ComputedTraitServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.profiles()));
    services.put(
        ProfileQueryServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.profiles()));
    services.put(SquashServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.profiles()));
    services.put(SealingServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.profiles()));
    services.put(ErasureServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.profiles()));
    services.put(
        RetentionPolicyServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.profiles()));
    services.put(ExportServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.profiles()));
    services.put(SegmentServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.segments()));
    services.put(CatalogueServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.segments()));
    services.put(AnalysisServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.segments()));
    services.put(CalendarServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.segments()));
    services.put(
        SavedAnalysisServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.segments()));
    services.put(FlagServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.experiments()));
    services.put(
        ExperimentServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.experiments()));
    services.put(
        AssignmentServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.experiments()));
    services.put(
        ExposureServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.experiments()));
    services.put(LayerServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.experiments()));
    services.put(MetricServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.experiments()));
    services.put(ResultServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.experiments()));
    services.put(
        StatisticsServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.experiments()));
    services.put(AlertServiceGrpc.getServiceDescriptor(), new ChannelBackend(peers.alerts()));
    return new Transcoder(services, authentication, limit, bodies);
  }

  @Bean
  AccessBackend accessBackend(Register register, SignIn signIn, Keys keys, PlatformHealth health) {
    return new AccessBackend(register, signIn, keys, health);
  }

  // Who may enter.

  @Bean
  Authentication authentication(Register register, SignIn signIn) {
    return new Authentication(register, signIn);
  }

  /** Needs the platform's tables, which exist once the migrations ran. */
  @Bean
  Directory directory(ClickHouse clickHouse, Redis redis, Clock clock, Migrations migrations) {
    return new DefinitionDirectory(clickHouse, redis, clock);
  }

  @Bean
  Register register(Directory directory, Clock clock) {
    return new Register(directory, clock);
  }

  @Bean
  Passwords passwords(GatewayProperties properties) {
    return new Passwords(properties.passwordIterations());
  }

  @Bean
  SignIn signIn(Register register, Passwords passwords, Redis redis, GatewayProperties properties) {
    return new SignIn(
        register,
        passwords,
        new RedisSessions(redis, properties.sessionIdleTime()),
        new RedisSignInLimit(redis, properties.signInAttempts()));
  }

  @Bean
  Keys keys(Directory directory, Register register, Clock clock) {
    return new Keys(directory, register, clock);
  }

  @Bean
  Bootstrap bootstrap(Directory directory, Register register, Passwords passwords, Keys keys) {
    return new Bootstrap(directory, register, passwords, keys);
  }

  /** Runs before the door opens. */
  @Bean
  SmartInitializingSingleton firstStart(Bootstrap bootstrap, GatewayProperties properties) {
    GatewayProperties.FirstStart first = properties.bootstrap();
    return () ->
        bootstrap.ensure(
            first.username(),
            first.password(),
            first.project(),
            first.writeKey(),
            first.secretKey());
  }

  // Where requests go.

  @Bean
  Peers peers(ServiceChannels channels, PeerProperties properties, GatewayProperties gateway) {
    return Peers.open(channels, properties.clients(), gateway.callDeadline());
  }

  @Bean(destroyMethod = "close")
  CollectorHttp collectorHttp(GatewayProperties properties) {
    return new CollectorHttp(properties.collectorTimeout());
  }

  @Bean
  ProxyExchange proxyExchange(CollectorHttp http, ObservationRegistry observations) {
    return new RestClientProxyExchange(
        client(http.requests(), observations), new GatewayMvcProperties());
  }

  @Bean
  PlatformHealth platformHealth(
      Peers peers,
      PeerProperties properties,
      CollectorHttp http,
      ObservationRegistry observations,
      ClickHouse clickHouse,
      Redis redis) {
    URI readiness = properties.collector().url().resolve("/actuator/health/readiness");
    return new PlatformHealth(
        List.of(
            new StoreHealthProbe(NAME, "ClickHouse", clickHouse::answers),
            new StoreHealthProbe(NAME, "Redis", redis::answers),
            new HttpHealthProbe(
                "event-collector", client(http.questions(), observations), readiness),
            new GrpcHealthProbe("event-collector", peers.collector(), HEALTH_PATIENCE),
            new GrpcHealthProbe("profile-service", peers.profiles(), HEALTH_PATIENCE),
            new GrpcHealthProbe("segment-service", peers.segments(), HEALTH_PATIENCE),
            new GrpcHealthProbe("experiment-service", peers.experiments(), HEALTH_PATIENCE),
            new GrpcHealthProbe("alert-service", peers.alerts(), HEALTH_PATIENCE)));
  }

  private static RestClient client(
      ClientHttpRequestFactory requests, ObservationRegistry observations) {
    return RestClient.builder().requestFactory(requests).observationRegistry(observations).build();
  }

  // What every request passes.

  @Bean
  BoundedBody boundedBody(GatewayProperties properties) {
    return new BoundedBody(
        Math.toIntExact(properties.maxBodySize().toBytes()), properties.bodiesInFlight().toBytes());
  }

  @Bean
  Problems problems(Tracer tracer) {
    return new Problems(tracer);
  }

  @Bean
  FilterRegistrationBean<SecurityHeaders> securityHeaders() {
    return first(new SecurityHeaders(), 0);
  }

  @Bean
  FilterRegistrationBean<CrossOrigin> crossOrigin(IngestPaths paths) {
    return first(
        new CrossOrigin(
            path ->
                paths.contains(path)
                    || SdkSettings.contains(path)
                    || path.equals(AbTestRoutes.PATH)
                    || path.startsWith("/ofrep/")
                    || path.equals("/api/v1/exposures:record")),
        1);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> patience(GatewayProperties properties) {
    return PatientHttp.door(properties.headerPatience(), properties.bodyPatience());
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
    return ProblemValve.door();
  }

  private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> first(
      F filter, int position) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + position);
    return registration;
  }
}
