package io.tenure.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lints and renders the chart with Helm itself. */
final class ChartTest {

  private static final Path CHART = Path.of("").toAbsolutePath();
  private static final Set<String> SERVICES =
      Set.of(
          "gateway",
          "event-collector",
          "profile-service",
          "segment-service",
          "experiment-service",
          "alert-service");
  private static final List<Manifest> USUAL = render(Map.of());
  private static final List<Manifest> EVERYTHING =
      render(
          Map.ofEntries(
              Map.entry("clickhouse.cluster", "bank"),
              Map.entry("clickhouse.existingSecret", "stores"),
              Map.entry("redis.existingSecret", "stores"),
              Map.entry("alertService.existingSecret", "alerts"),
              Map.entry("eventCollector.existingSecret", "collector"),
              Map.entry("profileService.sealing.existingSecret", "seals"),
              Map.entry("profileService.sealing.keys[0]", "first"),
              Map.entry("profileService.sealing.active", "first"),
              Map.entry("profileService.erasure.existingSecret", "erasures"),
              Map.entry("eventCollector.log.engine", "kafka"),
              Map.entry("eventCollector.log.kafka.servers", "kafka-0:9092"),
              Map.entry("eventCollector.places.existingClaim", "geo"),
              Map.entry("gateway.bootstrap.existingSecret", "admin"),
              Map.entry("gateway.bootstrap.project", "bank"),
              Map.entry("gateway.autoscaling.enabled", "true"),
              Map.entry("metrics.serviceMonitor.enabled", "true")));

  @Test
  void passesTheLinter() {
    LintResult result = new Helm(CHART).lint().strict().call();

    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @Test
  void deploysTheSixServices() {
    assertThat(USUAL.stream().filter(Manifest::isWorkload).map(ChartTest::service))
        .containsExactlyInAnyOrderElementsOf(SERVICES);
    for (String kind : List.of("Service", "PodDisruptionBudget")) {
      assertThat(ofKind(USUAL, kind)).hasSize(6);
    }
    assertThat(ofKind(USUAL, "NetworkPolicy")).hasSize(7);
    assertThat(ofKind(EVERYTHING, "ServiceMonitor")).hasSize(6);
    assertThat(ofKind(EVERYTHING, "HorizontalPodAutoscaler")).hasSize(1);
    assertThat(workload(EVERYTHING, "gateway").find("spec.replicas")).isEmpty();
  }

  @Test
  void startsEachServiceByItsName() {
    for (String service : SERVICES) {
      assertThat(container(workload(USUAL, service)).get("args"))
          .isEqualTo(List.of("serve", service));
    }
  }

  @Test
  void hardensEveryPod() {
    for (Manifest workload : EVERYTHING.stream().filter(Manifest::isWorkload).toList()) {
      String pod = "spec.template.spec.";
      assertThat(workload.find(pod + "automountServiceAccountToken")).contains(false);
      assertThat(workload.find(pod + "enableServiceLinks")).contains(false);
      assertThat(workload.find(pod + "securityContext.runAsNonRoot")).contains(true);
      assertThat(workload.text(pod + "securityContext.seccompProfile.type"))
          .isEqualTo("RuntimeDefault");
      Manifest container = new Manifest(container(workload));
      assertThat(container.find("securityContext.readOnlyRootFilesystem")).contains(true);
      assertThat(container.find("securityContext.allowPrivilegeEscalation")).contains(false);
      assertThat(container.find("securityContext.capabilities.drop")).contains(List.of("ALL"));
      assertThat(container.object("resources")).containsKeys("requests", "limits");
      assertThat(container.text("readinessProbe.httpGet.path"))
          .isEqualTo("/actuator/health/readiness");
      assertThat(container.text("livenessProbe.httpGet.path"))
          .isEqualTo("/actuator/health/liveness");
    }
  }

  @Test
  void keepsTheLogOnAVolume() {
    Manifest collector = workload(USUAL, "event-collector");

    assertThat(collector.kind()).isEqualTo("StatefulSet");
    assertThat(collector.text("spec.replicas")).isEqualTo("1");
    assertThat(collector.text("spec.serviceName")).isEqualTo("release-event-collector");
    assertThat(collector.list("spec.volumeClaimTemplates")).hasSize(1);
    assertThat(environment(collector)).containsEntry("TENURE_COLLECTOR_DATADIRECTORY", "/data/log");
  }

  @Test
  void putsTheLogIntoKafkaOnRequest() {
    assertThat(environment(workload(USUAL, "event-collector")))
        .doesNotContainKey("TENURE_COLLECTOR_LOG_ENGINE");
    assertThat(environment(workload(EVERYTHING, "event-collector")))
        .containsEntry("TENURE_COLLECTOR_LOG_ENGINE", "kafka")
        .containsEntry("TENURE_COLLECTOR_LOG_KAFKA_SERVERS", "kafka-0:9092")
        .containsEntry("TENURE_COLLECTOR_LOG_KAFKA_TOPIC", "tenure-log")
        .containsEntry("TENURE_COLLECTOR_LOG_KAFKA_REPLICAS", "3");
    String name = "release-event-collector";
    assertThat(named(ofKind(USUAL, "NetworkPolicy"), name).text("spec.egress"))
        .doesNotContain("port=9092");
    assertThat(named(ofKind(EVERYTHING, "NetworkPolicy"), name).text("spec.egress"))
        .contains("port=9092");
  }

  @Test
  void tellsEveryServiceTheCluster() {
    assertThat(EVERYTHING.stream().filter(Manifest::isWorkload))
        .hasSize(6)
        .allSatisfy(
            workload ->
                assertThat(environment(workload))
                    .containsEntry("TENURE_CLICKHOUSE_CLUSTER", "bank"));
    assertThat(USUAL.stream().filter(Manifest::isWorkload))
        .allSatisfy(
            workload ->
                assertThat(environment(workload)).doesNotContainKey("TENURE_CLICKHOUSE_CLUSTER"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void givesHotPropertiesColumnsUnlessTold(String automatic) {
    assertThat(
            environment(
                workload(
                    render(Map.of("eventCollector.columns.automatic", automatic)),
                    "event-collector")))
        .containsEntry("TENURE_COLLECTOR_COLUMNS_AUTOMATIC_ENABLED", automatic);
    assertThat(environment(workload(USUAL, "event-collector")))
        .containsEntry("TENURE_COLLECTOR_COLUMNS_AUTOMATIC_ENABLED", "true");
  }

  @ParameterizedTest
  @CsvSource({
    "existingClaim, persistentVolumeClaim",
    "existingSecret, secret",
    "existingConfigMap, configMap"
  })
  void mountsThePlaceDatabase(String key, String volume) {
    Manifest collector =
        workload(
            render(
                Map.of(
                    "eventCollector.places." + key,
                    "geo",
                    "eventCollector.places.file",
                    "city.mmdb")),
            "event-collector");

    assertThat(environment(collector))
        .containsEntry("TENURE_COLLECTOR_ENRICHMENT_IPDATABASE", "/places/city.mmdb");
    assertThat(new Manifest(container(collector)).list("volumeMounts"))
        .contains(Map.of("name", "places", "mountPath", "/places", "readOnly", true));
    assertThat(collector.list("spec.template.spec.volumes"))
        .anyMatch(each -> "places".equals(each.get("name")) && each.containsKey(volume));
  }

  @Test
  void refusesTwoPlaceDatabases() {
    assertThatThrownBy(
            () ->
                render(
                    Map.of(
                        "eventCollector.places.existingClaim", "a",
                        "eventCollector.places.existingSecret", "b")))
        .hasMessageContaining("schema");
  }

  @Test
  void takesSecretsFromSecretsOnly() {
    for (Manifest workload : EVERYTHING.stream().filter(Manifest::isWorkload).toList()) {
      for (Map<String, Object> variable : new Manifest(container(workload)).list("env")) {
        String name = String.valueOf(variable.get("name"));
        if (name.matches(".*(PASSWORD|SECRET).*") || name.equals("TENURE_REDIS_URL")) {
          assertThat(variable).as(name).containsKey("valueFrom").doesNotContainKey("value");
        }
      }
    }
    assertThat(ofKind(EVERYTHING, "Secret")).isEmpty();
  }

  @Test
  void givesEveryCallATargetThatListens() {
    for (Manifest workload : USUAL.stream().filter(Manifest::isWorkload).toList()) {
      environment(workload)
          .forEach(
              (name, value) -> {
                if (name.startsWith("TENURE_CLIENTS_")) {
                  assertThat(listeners()).as(name).contains(value.replace("dns:///", ""));
                }
              });
    }
    assertThat(environment(workload(USUAL, "gateway")).get("TENURE_COLLECTOR_URL"))
        .isEqualTo("http://release-event-collector:8081");
    assertThat(listeners()).contains("release-event-collector:8081");
  }

  @Test
  void opensTheNetworkForEveryCallAndDeniesTheRest() {
    Manifest deny = named(ofKind(USUAL, "NetworkPolicy"), "release-default-deny");
    assertThat(deny.find("spec.ingress")).isEmpty();
    assertThat(deny.find("spec.egress")).isEmpty();
    assertThat(deny.find("spec.policyTypes")).contains(List.of("Ingress", "Egress"));
    for (Manifest caller : USUAL.stream().filter(Manifest::isWorkload).toList()) {
      for (String callee : calls(caller)) {
        Manifest door = named(ofKind(USUAL, "NetworkPolicy"), "release-" + callee);
        Manifest way = named(ofKind(USUAL, "NetworkPolicy"), caller.name());
        assertThat(door.text("spec.ingress"))
            .as("into %s", callee)
            .contains("name=" + service(caller));
        assertThat(way.text("spec.egress"))
            .as("out of %s", caller.name())
            .contains("name=" + callee);
      }
    }
  }

  @Test
  void setsOnlyVariablesTheServicesKnow() {
    Path root = CHART.resolve("..");
    for (String service : SERVICES) {
      ServiceSettings settings =
          ServiceSettings.of(root.resolve("platform/core"), root.resolve(service));
      assertThat(environment(workload(EVERYTHING, service)).keySet())
          .filteredOn(name -> name.startsWith("TENURE_"))
          .as(service)
          .allMatch(settings::know);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "clickhouse.password, secret",
    "clickhouse.cluster, a b",
    "clickhouse.url, http://user:secret@host:8123",
    "redis.url, redis://:secret@host:6379",
    "redis.password, secret",
    "gateway.env.TENURE_CLICKHOUSE_PASSWORD, secret",
    "alertService.env.TENURE_ALERT_SECRETKEY, secret",
    "eventCollector.env.TENURE_COLLECTOR_SECRETKEY, secret",
    "gateway.replica, 3",
    "eventCollector.log.engine, kafka",
    "eventCollector.log.engine, files",
    "eventCollector.places.file, ../../data/log",
    "eventCollector.columns.automatic, sometimes",
    "eventCollector.replicas, 2"
  })
  void refuses(String key, String value) {
    assertThatThrownBy(() -> render(Map.of(key, value))).hasMessageContaining("schema");
  }

  @ParameterizedTest
  @ValueSource(strings = {"networkPolicy.enabled=false", "image.tag=1.2.3", "gateway.env.A=b"})
  void rendersWith(String setting) {
    String[] parts = setting.split("=", 2);

    assertThat(render(Map.of(parts[0], parts[1])).stream().filter(Manifest::isWorkload)).hasSize(6);
  }

  private static List<Manifest> render(Map<String, String> values) {
    TemplateCommand command =
        new Helm(CHART).template().withName("release").withKubeVersion("1.31.0");
    values.forEach(command::set);
    return Manifest.parse(command.call());
  }

  private static List<Manifest> ofKind(List<Manifest> manifests, String kind) {
    return manifests.stream().filter(manifest -> manifest.kind().equals(kind)).toList();
  }

  private static Manifest named(List<Manifest> manifests, String name) {
    return manifests.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  private static Manifest workload(List<Manifest> manifests, String service) {
    return manifests.stream()
        .filter(Manifest::isWorkload)
        .filter(manifest -> service(manifest).equals(service))
        .findFirst()
        .orElseThrow();
  }

  private static String service(Manifest manifest) {
    return String.valueOf(manifest.object("metadata.labels").get("app.kubernetes.io/name"));
  }

  private static Map<String, Object> container(Manifest workload) {
    return workload.list("spec.template.spec.containers").getFirst();
  }

  private static Map<String, String> environment(Manifest workload) {
    return new Manifest(container(workload))
        .list("env").stream()
            .collect(
                Collectors.toMap(
                    variable -> String.valueOf(variable.get("name")),
                    variable -> String.valueOf(variable.get("value"))));
  }

  /** Services a workload calls, by the targets in its environment. */
  private static Set<String> calls(Manifest workload) {
    return environment(workload).entrySet().stream()
        .filter(variable -> variable.getKey().startsWith("TENURE_CLIENTS_"))
        .map(variable -> variable.getValue().replaceAll("dns:///release-|:\\d+", ""))
        .collect(Collectors.toSet());
  }

  /** Every host and port that a Service of the release offers. */
  private static Set<String> listeners() {
    return ofKind(USUAL, "Service").stream()
        .flatMap(
            service ->
                service.list("spec.ports").stream()
                    .map(port -> service.name() + ":" + port.get("port")))
        .collect(Collectors.toSet());
  }
}
