package io.tenure.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.proto.analysis.v1.AnalysisServiceGrpc;
import io.tenure.proto.analysis.v1.RunAnalysisRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every model counts on two shards what it counts on one server. */
final class TwoShardsTest {

  private static final String RANGE =
      """
      "interval": {"start_time": "2026-03-01T00:00:00Z", "end_time": "2026-03-15T00:00:00Z"}
      """;
  private static final List<String> SCOPES =
      List.of(
          RANGE, RANGE + ", \"sessions\": {\"cut\": {\"idle\": \"7200s\"}, \"least_events\": 2}");
  private static final List<String> MODELS =
      List.of(
          """
          "trend": {"measures": [{"selector": {"name": "Open"}}, {"selector": {"name": "Buy"}}],
            "breakdown": {"property": "channel"}}
          """,
          """
          "funnel": {"steps": [{"name": "Open"}, {"name": "Sign"}, {"name": "Buy"}], "window": "86400s",
            "breakdown": {"property": "channel"}}
          """,
          """
          "retention": {"start": {"name": "Open"}, "return": {"name": "Buy"}, "unit": "TIME_UNIT_DAY", "periods": 5}
          """,
          """
          "lifecycle": {"selector": {"name": "Open"}, "unit": "TIME_UNIT_DAY"}
          """,
          """
          "distribution": {"selector": {"name": "Buy"}, "events": true}
          """,
          """
          "interval": {"start": {"name": "Open"}, "end": {"name": "Buy"}, "longest": "86400s"}
          """,
          """
          "path": {"start": {"name": "Open"}, "hidden": [{"name": "Noise"}], "sessions": {"idle": "3600s"}, "steps": 3, "top": 3}
          """,
          """
          "session": {"events": [{"name": "Open"}, {"name": "Buy"}], "cut": {"idle": "1800s"}, "property": "channel"}
          """,
          """
          "attribution": {"targets": [{"name": "Buy"}], "amountProperty": "amount", "property": "channel",
            "touches": [{"name": "opened", "selector": {"name": "Open"}}], "lookback": "604800s"}
          """,
          """
          "ltv": {"start": {"name": "Open"}, "value": {"name": "Buy"}, "amount_property": "amount",
            "unit": "TIME_UNIT_DAY", "periods": 5}
          """);

  @Test
  void countsAsOneServerDoes() {
    try (Bank bank = Bank.open("two_shards");
        SegmentServer server = new SegmentServer(bank)) {
      fill(bank);
      List<AnalysisResult> alone = answers(server);
      bank.shard();
      assertThat(shards(bank)).isEqualTo(2);
      // So that no answer is repeated.
      bank.event(1, "Noise", "2026-01-02T10:00:00Z").store();
      List<AnalysisResult> shared = answers(server);
      List<AnalysisQuery> questions = questions();
      for (int i = 0; i < alone.size(); i++) {
        assertThat(shared.get(i)).as("%s", questions.get(i)).isEqualTo(alone.get(i));
      }
    }
  }

  private static List<AnalysisResult> answers(SegmentServer server) {
    return questions().stream().map(query -> answer(server, query)).toList();
  }

  private static AnalysisResult answer(SegmentServer server, AnalysisQuery query) {
    AnalysisResult result =
        server.as(
            Role.ANALYST,
            () ->
                AnalysisServiceGrpc.newBlockingStub(server.channel())
                    .runAnalysis(RunAnalysisRequest.newBuilder().setQuery(query).build())
                    .getResult());
    assertThat(result.getFreshness().getRepeated()).isFalse();
    assertThat(result.getModelCase()).isNotEqualTo(AnalysisResult.ModelCase.MODEL_NOT_SET);
    return result.toBuilder().clearFreshness().build();
  }

  private static List<AnalysisQuery> questions() {
    return SCOPES.stream()
        .flatMap(scope -> MODELS.stream().map(model -> query(scope, model)))
        .toList();
  }

  private static AnalysisQuery query(String scope, String model) {
    AnalysisQuery.Builder query = AnalysisQuery.newBuilder();
    try {
      JsonFormat.parser().merge("{\"scope\": {" + scope + "}, " + model + "}", query);
    } catch (InvalidProtocolBufferException invalid) {
      throw new IllegalArgumentException(model, invalid);
    }
    return query.build();
  }

  private static void fill(Bank bank) {
    SplittableRandom random = new SplittableRandom(7);
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    for (int i = 0; i < 3_000; i++) {
      long user = 1 + random.nextInt(150);
      String name = List.of("Open", "Open", "Sign", "Buy").get(random.nextInt(4));
      String time = start.plusSeconds(random.nextInt(14 * 86_400)).toString();
      String channel = "c" + random.nextInt(4);
      bank.event(user, name, time, "channel", channel, "amount", "" + random.nextInt(500));
    }
    for (long user = 1; user <= 150; user++) {
      bank.profile(user);
    }
    bank.store();
  }

  private static long shards(Bank bank) {
    return bank.clickHouse()
        .query(
            "SELECT uniqExact(_shard_num) AS shards FROM events_final_v1",
            Map.of(),
            row -> row.getLong("shards"))
        .getFirst();
  }
}
