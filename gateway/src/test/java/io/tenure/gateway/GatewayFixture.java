package io.tenure.gateway;

import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.Directory;
import io.tenure.gateway.domain.KeyText;
import io.tenure.gateway.domain.Register;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** A running gateway on real stores, before stubs of the services; one for all tests. */
final class GatewayFixture {

  static final String PROJECT = "bank";
  static final String WRITE_KEY = "wk_test0000000000000000000000000000000000";

  /** May send once an hour. */
  static final String SLOW_KEY = "wk_slow0000000000000000000000000000000000";

  static final String ADMIN_KEY = "sk_test0000000000000000000000000000000000";
  static final String USERNAME = "admin";
  static final String PASSWORD = "correct horse battery staple";

  private static final String DATABASE = TestStores.freshDatabase("gateway");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final CollectorStub collector;
  final ServiceStubs services;
  private final ServletWebServerApplicationContext context;

  private static final class Holder {
    static final GatewayFixture RUNNING =
        new GatewayFixture(new CollectorStub(), new ServiceStubs()).withSlowKey();
  }

  static GatewayFixture running() {
    return Holder.RUNNING;
  }

  /** One more gateway before the same services, to be ended by {@link #end}. */
  static GatewayFixture another() {
    return new GatewayFixture(running().collector, running().services);
  }

  private GatewayFixture(CollectorStub collector, ServiceStubs services) {
    this.collector = collector;
    this.services = services;
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.port", 0);
    properties.put("tenure.clickhouse.url", TestStores.clickHouseUrl());
    properties.put("tenure.clickhouse.username", TestStores.clickHouseUser());
    properties.put("tenure.clickhouse.password", TestStores.clickHousePassword());
    properties.put("tenure.clickhouse.database", DATABASE);
    properties.put("tenure.redis.url", TestStores.redisUrl());
    properties.put("tenure.collector.url", collector.url());
    for (String name : ServiceStubs.NAMES) {
      properties.put("tenure.clients." + name, "in-process:gateway-test-" + name);
    }
    properties.put("tenure.gateway.header-patience", "2s");
    properties.put("tenure.gateway.body-patience", "2s");
    properties.put("tenure.gateway.limits.keys.key-slow", 1 / 3600.0);
    properties.put("tenure.gateway.password-iterations", 1000);
    properties.put("tenure.gateway.sensors-paths", "/bank/events/sa");
    properties.put("tenure.gateway.bootstrap.username", USERNAME);
    properties.put("tenure.gateway.bootstrap.password", PASSWORD);
    properties.put("tenure.gateway.bootstrap.project", PROJECT);
    properties.put("tenure.gateway.bootstrap.write-key", WRITE_KEY);
    properties.put("tenure.gateway.bootstrap.secret-key", ADMIN_KEY);
    context =
        (ServletWebServerApplicationContext)
            ServiceRunner.service(GatewayApplication.class, GatewayApplication.NAME)
                .run(
                    properties.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  private GatewayFixture withSlowKey() {
    bean(Directory.class)
        .add(
            new AccessKey(
                "key-slow",
                new ProjectId(PROJECT),
                "Slow",
                AccessKey.Kind.WRITE,
                Role.WRITER,
                KeyText.prefix(SLOW_KEY),
                KeyText.fingerprint(SLOW_KEY),
                Instant.EPOCH,
                null,
                Set.of()),
            "test");
    bean(Register.class).refresh();
    return this;
  }

  int port() {
    return Objects.requireNonNull(context.getWebServer()).getPort();
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  HttpRequest.Builder asAdmin(String path) {
    return to(path).header("Authorization", "Bearer " + ADMIN_KEY);
  }

  static Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return new Reply(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send(asAdmin(path).GET());
  }

  Reply post(String path, String json) throws IOException, InterruptedException {
    return send(
        asAdmin(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Ends this gateway alone. */
  void end() {
    context.close();
  }

  private void close() {
    end();
    services.close();
    collector.close();
  }
}
