package io.tenure.collector.domain.enrichment;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.Records;
import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Draft.Original;
import io.tenure.collector.domain.intake.Step;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.Source;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is added to which records. */
final class EnrichmentTest {

  private static final String ADDRESS = "203.0.113.77";
  private static final String AGENT = "Mozilla/5.0 (iPhone)";
  private static final Device PHONE = new Device("iOS", "17.4", "Safari", "17", "mobile", false);
  private static final Map<String, String> ALL =
      Map.of(
          "$os", "iOS",
          "$os_version", "17.4",
          "$browser", "Safari",
          "$browser_version", "17",
          "$device_type", "mobile",
          "$country", "中国",
          "$province", "广东",
          "$city", "深圳",
          "$ip", "203.0.113.0");

  private final List<String> asked = new ArrayList<>();
  private Device device = PHONE;

  @Test
  void addsWhatTheRequestShows() {
    assertThat(properties(Map.of("fund", "F1")))
        .containsEntry("fund", "F1")
        .containsAllEntriesOf(ALL)
        .hasSize(ALL.size() + 1);
  }

  @Test
  void mixesNoTwoDescriptions() {
    assertThat(properties(Map.of("$os", "Android", "$browser_version", "3", "$country", "CZ")))
        .isEqualTo(
            Map.of(
                "$os", "Android",
                "$browser_version", "3",
                "$country", "CZ",
                "$device_type", "mobile",
                "$ip", "203.0.113.0"));
  }

  @Test
  void addsNoPlaceToAnEventWithAnAddressOfItsOwn() {
    assertThat(properties(Map.of("$ip", "0.0.0.0")))
        .containsEntry("$ip", "0.0.0.0")
        .doesNotContainKeys("$country", "$province", "$city");
  }

  @Test
  void takesNullForAnAnswer() {
    device = new Device("iOS", "", "", "", "", true);
    Map<String, Object> nulls =
        Map.of("$is_bot", JsonNull.NULL, "$os_version", JsonNull.NULL, "$ip", JsonNull.NULL);

    assertThat(properties(event("js 1", Map.of()), arrival(ADDRESS, AGENT), nulls)).isEmpty();
  }

  @Test
  void marksBots() {
    device = new Device("", "", "Googlebot", "2.1", "", true);

    assertThat(properties(Map.of()))
        .containsEntry("$is_bot", "true")
        .doesNotContainKey("$device_type");
    assertThat(properties(event("js 1", Map.of()), arrival("10.0.0.1", "Googlebot/2.1"), Map.of()))
        .isEqualTo(Map.of("$is_bot", "true"));
  }

  @Test
  void addsOnlyTheAddressOfAnApp() {
    assertThat(
            properties(
                event("iOS 4.5", Map.of()), arrival(ADDRESS, "SensorsAnalytics iOS SDK"), Map.of()))
        .containsOnlyKeys("$ip", "$country", "$province", "$city");
  }

  @Test
  void leavesServersAlone() {
    Event event = event("Java 3.4", Map.of("a", "b"));

    Verdict verdict = step().judge(draft(arrival(ADDRESS, AGENT), Map.of()), event);

    assertThat(((Verdict.Accept) verdict).accepted()).isSameAs(event);
    assertThat(asked).isEmpty();
  }

  @Test
  void leavesOtherRecordsAlone() {
    for (LogRecord.Accepted record :
        List.of(Records.change(BANK, "1"), Records.item(BANK, "2", false))) {
      Verdict verdict = step().judge(draft(arrival(ADDRESS, AGENT), Map.of()), record);

      assertThat(((Verdict.Accept) verdict).accepted()).isSameAs(record);
    }
  }

  @Test
  void asksOnceForARequest() {
    Step request = step().forRequest();
    for (String library : List.of("js 1", "js 1", "Java 3", "js 1", "")) {
      request.judge(draft(arrival(ADDRESS, AGENT), Map.of()), event(library, Map.of()));
    }
    assertThat(asked).containsExactly(AGENT, ADDRESS);

    request.judge(draft(arrival("198.51.100.1", AGENT), Map.of()), event("js 1", Map.of()));
    assertThat(asked).containsExactly(AGENT, ADDRESS, AGENT, "198.51.100.1");
  }

  /** Whatever was sent stays, whoever sent it. */
  @Test
  void changesNothingThatWasSent() {
    List<String> names = new ArrayList<>(ALL.keySet());
    names.addAll(List.of("$is_bot", "fund", "金额", "$lib"));
    Generator<Map<String, String>> sent =
        random -> {
          Map<String, String> properties = new HashMap<>();
          for (String name : names) {
            if (random.nextInt(3) == 0) {
              properties.put(name, Integer.toString(random.nextInt(5)));
            }
          }
          return properties;
        };
    device = new Device("iOS", "17.4", "Safari", "17", "mobile", true);
    Property.forAll(
        sent,
        properties -> {
          Event event = event("js 1", properties);
          Verdict verdict =
              step().judge(draft(arrival(ADDRESS, AGENT), new HashMap<>(properties)), event);
          Event enriched = (Event) ((Verdict.Accept) verdict).accepted();

          assertThat(enriched.properties()).containsAllEntriesOf(properties);
          assertThat(enriched.source()).isEqualTo(event.source());
          assertThat(enriched.fingerprint()).isEqualTo(event.fingerprint());
          assertThat(enriched.name()).isEqualTo(event.name());
        });
  }

  private Map<String, String> properties(Map<String, String> sent) {
    return properties(event("js 1.26", sent), arrival(ADDRESS, AGENT), new HashMap<>(sent));
  }

  private Map<String, String> properties(Event event, Arrival arrival, Map<String, Object> sent) {
    Verdict verdict = step().judge(draft(arrival, sent), event);
    return ((Event) ((Verdict.Accept) verdict).accepted()).properties();
  }

  private Enrichment step() {
    return new Enrichment(
        agent -> {
          asked.add(agent);
          return device;
        },
        new Places() {
          @Override
          public Place of(InetAddress address) {
            asked.add(address.getHostAddress());
            return new Place("中国", "广东", "深圳");
          }

          @Override
          public void refresh() {}
        },
        KeptAddress.TRUNCATED);
  }

  private static Event event(String library, Map<String, String> properties) {
    Identity identity = new Identity("", "device", false);
    Source source = new Source(BANK, new EventId("1"), identity, NOON, NOON, library);
    return new Event(source, "Buy", properties);
  }

  private static Arrival arrival(String address, String agent) {
    return new Arrival(BANK, Set.of(), NOON, address, agent, false);
  }

  private static Draft draft(Arrival arrival, Map<String, Object> sent) {
    return new Draft(
        arrival,
        Dialect.SENSORS,
        Map.of("properties", sent),
        Map.of(),
        Original.of(new byte[0]),
        null);
  }
}
