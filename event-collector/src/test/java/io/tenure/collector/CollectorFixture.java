package io.tenure.collector;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.json.Json;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import io.tenure.proto.event.v1.CollectorServiceGrpc;
import io.tenure.proto.event.v1.CollectorServiceGrpc.CollectorServiceBlockingStub;
import io.tenure.proto.event.v1.GetLedgerRequest;
import io.tenure.proto.event.v1.Ledger;
import io.tenure.proto.event.v1.ListQuarantineRequest;
import io.tenure.proto.event.v1.QuarantineServiceGrpc;
import io.tenure.proto.event.v1.QuarantinedRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import tools.jackson.core.type.TypeReference;

/** A running collector on real stores, spoken to as the gateway and other services do. */
final class CollectorFixture implements AutoCloseable {

  private final String database = TestStores.freshDatabase("door");
  private final ProfileServer profiles;
  private final ConfigurableApplicationContext application;
  private final ManagedChannel channel;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  CollectorFixture(Path directory, String... properties) {
    String name = UUID.randomUUID().toString();
    profiles = new ProfileServer("profiles-" + name);
    application =
        ServiceRunner.service(CollectorApplication.class, CollectorApplication.NAME)
            .run(
                Stream.concat(
                        Stream.of(
                            "--server.port=0",
                            "--spring.grpc.server.port=0",
                            "--tenure.collector.data-directory=" + directory,
                            "--tenure.collector.disk-reserve=1MB",
                            "--tenure.collector.relay.linger=20ms",
                            "--tenure.clients.profile-service=in-process:profiles-" + name,
                            "--tenure.clickhouse.url=" + TestStores.clickHouseUrl(),
                            "--tenure.clickhouse.username=" + TestStores.clickHouseUser(),
                            "--tenure.clickhouse.password=" + TestStores.clickHousePassword(),
                            "--tenure.clickhouse.database=" + database,
                            "--tenure.redis.url=" + TestStores.redisUrl()),
                        Stream.of(properties))
                    .toArray(String[]::new));
    channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1", application.getBean(GrpcServerLifecycle.class).getPort())
            .usePlaintext()
            .intercept(new CallerPropagation())
            .build();
  }

  /** For the other services of the collector; send as somebody by {@link CallerContext}. */
  ManagedChannel channel() {
    return channel;
  }

  <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  /** Where its tables are. */
  String database() {
    return database;
  }

  /** What the relay delivered to. */
  ProfileServer profiles() {
    return profiles;
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + httpPort() + path);
  }

  int httpPort() {
    return Integer.parseInt(
        Objects.requireNonNull(application.getEnvironment().getProperty("local.server.port")));
  }

  HttpRequest.Builder to(String path, String project) {
    return HttpRequest.newBuilder(url(path)).header("Tenure-Project", project);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(
        request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String project, String body)
      throws IOException, InterruptedException {
    return send(to(path, project).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  interface Call<T> {
    T with(CollectorServiceBlockingStub stub);
  }

  <T> T as(String project, Caller.Role role, Call<T> call) {
    Caller caller = new Caller(new ProjectId(project), "key:test", role);
    return CallerContext.as(caller, () -> call.with(CollectorServiceGrpc.newBlockingStub(channel)));
  }

  Ledger ledger(String project) {
    return as(
        project,
        Caller.Role.ANALYST,
        stub -> stub.getLedger(GetLedgerRequest.getDefaultInstance()).getLedger());
  }

  /** What is stored of a project's events. */
  List<Map<String, String>> properties(String project) {
    return application
        .getBean(ClickHouse.class)
        .query(
            "SELECT toJSONString(properties) AS row FROM events_v1"
                + " WHERE project_id = {project:String}",
            Map.of("project", project),
            row -> Json.MAPPER.readValue(row.getString("row"), new TypeReference<>() {}));
  }

  /** The records kept aside, once there are as many as the ledger says. */
  List<QuarantinedRecord> quarantined(String project) throws InterruptedException {
    long expected = ledger(project).getQuarantined();
    for (int i = 0; i < 600; i++) {
      List<QuarantinedRecord> records =
          CallerContext.as(
              new Caller(new ProjectId(project), "person:test", Caller.Role.EDITOR),
              () ->
                  QuarantineServiceGrpc.newBlockingStub(channel)
                      .listQuarantine(ListQuarantineRequest.getDefaultInstance())
                      .getRecordsList());
      if (records.size() == expected) {
        return records;
      }
      Thread.sleep(Duration.ofMillis(50));
    }
    throw new AssertionError("The relay did not deliver");
  }

  @Override
  public void close() {
    http.close();
    channel.shutdownNow();
    application.close();
    profiles.close();
  }
}
