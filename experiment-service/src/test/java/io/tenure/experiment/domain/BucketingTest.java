package io.tenure.experiment.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class BucketingTest {

  private static final int USERS = 20_000;

  /** Wide enough for one false alarm in about 150,000 shares. */
  private static final double DEVIATIONS = 4.5;

  @Test
  void hashesAsPublished() throws Exception {
    for (JsonNode vector : vectors("hashes")) {
      assertThat(Bucketing.hash(vector.get("text").stringValue()))
          .isEqualTo(vector.get("hash").longValue());
    }
  }

  @Test
  void placesUnitsAsSpecified() throws Exception {
    for (JsonNode vector : vectors("buckets")) {
      String salt = vector.get("salt").stringValue();
      assertThat(Bucketing.bucket(salt, vector.get("unit").stringValue()))
          .as(vector.toString())
          .isEqualTo(vector.get("bucket").longValue());
    }
  }

  @Test
  void cutsTheCircleAsSpecified() throws Exception {
    for (JsonNode vector : vectors("allocations")) {
      Allocation allocation = allocation(vector.get("shares"));
      for (JsonNode expected : vector.get("expected")) {
        assertThat(allocation.variantOf(expected.get("bucket").longValue()))
            .as(vector.toString())
            .isEqualTo(expected.get("variant").stringValue());
      }
    }
  }

  @Test
  void splitsUsersByWeight() {
    Allocation allocation =
        new Allocation(
            List.of(
                new Share("a", 100),
                new Share("b", 900),
                new Share("c", 4_000),
                new Share("d", 5_000)));
    for (String salt : List.of("checkout", "onboarding", "new-home", "盐")) {
      Map<String, Integer> counts = new TreeMap<>();
      for (int user = 0; user < USERS; user++) {
        counts.merge(allocation.variantOf(Bucketing.bucket(salt, "user-" + user)), 1, Integer::sum);
      }
      for (Share share : allocation.shares()) {
        assertBinomial(
            counts.getOrDefault(share.variant(), 0), share.weight() / (double) Allocation.WHOLE);
      }
    }
  }

  @Test
  void keepsFlagsIndependentOfEachOther() {
    Allocation half = rollout(5_000);
    int both = 0;
    for (int user = 0; user < USERS; user++) {
      boolean first = half.variantOf(Bucketing.bucket("flag-1", "user-" + user)).equals("on");
      boolean second = half.variantOf(Bucketing.bucket("flag-2", "user-" + user)).equals("on");
      both += first && second ? 1 : 0;
    }
    assertBinomial(both, 0.25);
  }

  @Test
  void takesNobodyOutWhenAShareGrows() {
    for (int weight = 0; weight < Allocation.WHOLE; weight += 250) {
      Allocation before = rollout(weight);
      Allocation after = rollout(weight + 250);
      for (int user = 0; user < 1_000; user++) {
        long bucket = Bucketing.bucket("rollout", "user-" + user);
        if (before.variantOf(bucket).equals("on")) {
          assertThat(after.variantOf(bucket)).isEqualTo("on");
        }
      }
    }
  }

  private static void assertBinomial(int count, double share) {
    double spread = DEVIATIONS * Math.sqrt(USERS * share * (1 - share));
    assertThat((double) count).isBetween(USERS * share - spread, USERS * share + spread);
  }

  private static Allocation rollout(int weight) {
    return new Allocation(
        List.of(new Share("on", weight), new Share("off", Allocation.WHOLE - weight)));
  }

  private static Allocation allocation(JsonNode shares) {
    List<Share> list = new ArrayList<>();
    for (JsonNode share : shares) {
      list.add(new Share(share.get("variant").stringValue(), share.get("weight").intValue()));
    }
    return new Allocation(list);
  }

  private static JsonNode vectors(String name) throws Exception {
    Path file = Path.of("../proto/spec/bucketing.json");
    JsonNode vectors = Json.read(Files.readString(file)).get(name);
    assertThat(vectors).isNotEmpty();
    return vectors;
  }
}
