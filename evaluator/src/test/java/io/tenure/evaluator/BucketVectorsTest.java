package io.tenure.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The published vectors, which any client can run. */
final class BucketVectorsTest {

  @Test
  void placesUnitsAsSpecified() throws Exception {
    for (JsonNode vector : vectors("buckets")) {
      Dealing dealing = Dealing.of(UnitType.USER, vector.get("salt").stringValue());
      assertThat(dealing.bucket(vector.get("unit").stringValue()))
          .as(vector.toString())
          .isEqualTo(vector.get("bucket").longValue());
    }
  }

  /** Without a salt and what follows it: flagd's way hashes the bare text. */
  @Test
  void hashesAsPublished() throws Exception {
    Dealing bare = new Dealing(UnitType.USER, Hashing.FLAGD, "", Hashing.BUCKETS);
    for (JsonNode vector : vectors("hashes")) {
      assertThat(bare.bucket(vector.get("text").stringValue()))
          .isEqualTo(vector.get("hash").longValue());
    }
  }

  @Test
  void cutsTheCircleAsSpecified() throws Exception {
    for (JsonNode vector : vectors("allocations")) {
      List<String> variants = new ArrayList<>();
      List<Integer> weights = new ArrayList<>();
      for (JsonNode share : vector.get("shares")) {
        variants.add(share.get("variant").stringValue());
        weights.add(share.get("weight").intValue());
      }
      List<Stretch> stretches = Shares.cut(weights, Hashing.BUCKETS);
      for (JsonNode expected : vector.get("expected")) {
        Stretch of = stretches.get(variants.indexOf(expected.get("variant").stringValue()));
        assertThat(of.contains(expected.get("bucket").longValue())).as(vector.toString()).isTrue();
      }
    }
  }

  private static JsonNode vectors(String name) throws Exception {
    JsonNode vectors =
        Json.read(Files.readString(Path.of("../proto/spec/bucketing.json"))).get(name);
    assertThat(vectors).isNotEmpty();
    return vectors;
  }
}
