package io.tenure.gateway;

import static io.tenure.gateway.GatewayFixture.WRITE_KEY;
import static io.tenure.gateway.GatewayFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.event.v1.CollectRequest;
import io.tenure.proto.event.v1.NewEvent;
import io.tenure.proto.event.v1.PropertyValue;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

final class NativeEventsTest {

  private final GatewayFixture gateway = GatewayFixture.running();

  private Reply collect(String json) throws IOException, InterruptedException {
    return send(
        gateway
            .to("/api/v1/events:batch")
            .header("Authorization", "Bearer " + WRITE_KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  @Test
  void carriesEveryValueExactly() throws Exception {
    Reply reply =
        collect(
            """
            {"events":[{"event_id":"1","event_time":"2026-06-15T12:00:00.123Z","login_id":"ann",
              "name":"Transfer","properties":{"whole":9007199254740993,"min":-9223372036854775808,
              "huge":9223372036854775808,"sum":12.50,"tiny":1e-30,"text":"张三","ok":true,"none":null,
              "list":[1,"a",[2.0]],"map":{"a":{"b":false}}}}]}
            """);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().path("outcomes").path(0).path("result").stringValue())
        .isEqualTo("RESULT_ACCEPTED");
    NewEvent event = gateway.services.request(CollectRequest.class).getEvents(0);
    assertThat(event.getPropertiesOrThrow("whole").getInteger()).isEqualTo(9_007_199_254_740_993L);
    assertThat(event.getPropertiesOrThrow("min").getInteger()).isEqualTo(Long.MIN_VALUE);
    assertThat(event.getPropertiesOrThrow("huge").getDecimal()).isEqualTo("9223372036854775808");
    assertThat(event.getPropertiesOrThrow("sum").getDecimal()).isEqualTo("12.50");
    assertThat(event.getPropertiesOrThrow("tiny").getDecimal()).isEqualTo("1E-30");
    assertThat(event.getPropertiesOrThrow("text").getText()).isEqualTo("张三");
    assertThat(event.getPropertiesOrThrow("ok").getFlag()).isTrue();
    assertThat(event.getPropertiesOrThrow("none").getKindCase())
        .isEqualTo(PropertyValue.KindCase.KIND_NOT_SET);
    assertThat(
            event
                .getPropertiesOrThrow("list")
                .getList()
                .getValues(2)
                .getList()
                .getValues(0)
                .getDecimal())
        .isEqualTo("2.0");
    assertThat(
            event
                .getPropertiesOrThrow("map")
                .getMap()
                .getFieldsOrThrow("a")
                .getMap()
                .getFieldsCount())
        .isEqualTo(1);
    assertThat(gateway.services.caller().role()).isEqualTo(Role.WRITER);
    assertThat(gateway.services.caller().project().value()).isEqualTo("bank");
  }

  @Test
  void namesWhatIsWrongWithTheJson() throws Exception {
    Reply reply =
        collect(
            """
            {"events":[{"event_id":7,"nonsense":1,"properties":{"p":["\\ud800"]}},
              {"event_time":"yesterday","name":"\\udfff"}]}
            """);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("violations").findValuesAsString("field"))
        .containsExactly(
            "events[0].event_id",
            "events[0].nonsense",
            "events[0].properties.p[0]",
            "events[1].event_time",
            "events[1].name");
  }

  @Test
  void letsAWriteKeyDoNothingElse() throws Exception {
    assertThat(
            send(gateway.to("/api/v1/ledger").header("Authorization", "Bearer " + WRITE_KEY).GET())
                .status())
        .isEqualTo(403);
    assertThat(
            send(gateway.to("/api/v1/events:batch").POST(BodyPublishers.ofString("{}"))).status())
        .isEqualTo(401);
  }
}
