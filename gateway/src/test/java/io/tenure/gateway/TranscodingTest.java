package io.tenure.gateway;

import static io.tenure.gateway.GatewayFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.alert.v1.BacktestRuleRequest;
import io.tenure.proto.analysis.v1.ListEventsRequest;
import io.tenure.proto.experiment.v1.CalculateSampleSizeRequest;
import io.tenure.proto.profile.v1.ExplainIdentityRequest;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.IdentityPlan;
import io.tenure.proto.profile.v1.UpdateIdentityPlanRequest;
import io.tenure.proto.segment.v1.ComputeSegmentRequest;
import io.tenure.proto.segment.v1.UpdateSegmentRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class TranscodingTest {

  private final GatewayFixture gateway = GatewayFixture.running();

  @Test
  void fillsPathVariablesAndCarriesTheCaller() throws Exception {
    Reply reply = gateway.get("/api/v1/profiles/user_number:7%20%E4%B8%AD+a");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(gateway.services.request(GetProfileRequest.class))
        .isEqualTo(GetProfileRequest.newBuilder().setId("user_number:7 中+a").build());
    assertThat(gateway.services.caller().project().value()).isEqualTo("bank");
    assertThat(gateway.services.caller().role()).isEqualTo(Role.ADMINISTRATOR);
    assertThat(gateway.services.caller().subject()).startsWith("key:");
  }

  @Test
  void writesZerosAndExactNumbers() throws Exception {
    JsonNode profile = gateway.get("/api/v1/profiles/u1").json().path("profile");
    assertThat(profile.path("event_count").isNumber()).isTrue();
    assertThat(profile.path("user_number").longValue()).isEqualTo(4294967295L);
    assertThat(profile.path("anonymous_ids").isArray()).isTrue();
    assertThat(profile.has("update_time")).isFalse();
    JsonNode ledger = gateway.get("/api/v1/ledger").json().path("ledger");
    assertThat(ledger.path("received").longValue()).isEqualTo(12);
    assertThat(ledger.path("accepted").stringValue()).isEqualTo("9223372036854775807");
    assertThat(ledger.path("quarantine_reasons").path("EVENT_NAME_INVALID").intValue())
        .isEqualTo(2);
  }

  @Test
  void servesCustomVerbs() throws Exception {
    assertThat(gateway.post("/api/v1/segments/vips:compute", "").status()).isEqualTo(200);
    assertThat(gateway.services.request(ComputeSegmentRequest.class))
        .isEqualTo(ComputeSegmentRequest.newBuilder().setId("vips").build());
    assertThat(
            gateway
                .post(
                    "/api/v1/rules/r-1:backtest",
                    "{\"start_time\":\"2026-01-01T00:00:00Z\",\"step\":\"604800s\"}")
                .status())
        .isEqualTo(200);
    BacktestRuleRequest request = gateway.services.request(BacktestRuleRequest.class);
    assertThat(request.getId()).isEqualTo("r-1");
    assertThat(request.getStep().getSeconds()).isEqualTo(604800);
    assertThat(request.getStartTime().getSeconds()).isEqualTo(1767225600);
  }

  @Test
  void servesCalculators() throws Exception {
    Reply reply =
        gateway.post(
            "/api/v1/statistics:sampleSize",
            "{\"outline\":{\"rate\":0.05,\"scale\":\"EFFECT_SCALE_ABSOLUTE\"},\"effect\":0.005}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().path("arm_units").toString()).isEqualTo("[31231,31231]");
    CalculateSampleSizeRequest request = gateway.services.request(CalculateSampleSizeRequest.class);
    assertThat(request.getOutline().getRate()).isEqualTo(0.05);
    assertThat(request.getEffect()).isEqualTo(0.005);
  }

  @Test
  void servesIdentityPlansAndDecisions() throws Exception {
    Reply chosen =
        send(
            gateway
                .asAdmin("/api/v1/identity-plan")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"kind\":\"KIND_MANY_TO_ONE\",\"etag\":\"3\"}")));
    assertThat(chosen.status()).as(chosen.body()).isEqualTo(200);
    assertThat(gateway.services.request(UpdateIdentityPlanRequest.class).getPlan())
        .isEqualTo(
            IdentityPlan.newBuilder()
                .setKind(IdentityPlan.Kind.KIND_MANY_TO_ONE)
                .setEtag("3")
                .build());
    Reply reply = gateway.get("/api/v1/identity-decisions?anonymous_id=%E6%89%8B%E6%9C%BA");
    assertThat(reply.json().path("user_number").intValue()).isEqualTo(7);
    assertThat(gateway.services.request(ExplainIdentityRequest.class).getAnonymousId())
        .isEqualTo("手机");
  }

  @Test
  void fillsNestedPathVariablesBesideABodyField() throws Exception {
    Reply reply =
        send(
            gateway
                .asAdmin("/api/v1/segments/vips")
                .header("Content-Type", "application/json; charset=utf-8")
                .PUT(
                    BodyPublishers.ofString(
                        """
                        {"display_name":"VIPs","condition":{"trait":{"name":"balance",
                          "operator":"OPERATOR_GREATER","values":[1000.5,"x",true,null]}}}
                        """)));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    UpdateSegmentRequest request = gateway.services.request(UpdateSegmentRequest.class);
    assertThat(request.getSegment().getId()).isEqualTo("vips");
    assertThat(request.getSegment().getCondition().getTrait().getValuesCount()).isEqualTo(4);
    assertThat(
            reply.json().path("segment").path("condition").path("trait").path("values").toString())
        .isEqualTo("[1000.5,\"x\",true,null]");
    Reply conflict =
        send(
            gateway
                .asAdmin("/api/v1/segments/vips")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"id\":\"other\"}")));
    assertThat(conflict.status()).isEqualTo(400);
    assertThat(conflict.json().path("violations").get(0).path("field").stringValue())
        .isEqualTo("segment.id");
  }

  @Test
  void fillsFieldsFromTheQuery() throws Exception {
    Reply reply =
        gateway.get(
            "/api/v1/events?user=u%201&pageSize=5&start_time=2026-01-01T00%3A00%3A00%2B08%3A00");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    ListEventsRequest request = gateway.services.request(ListEventsRequest.class);
    assertThat(request.getUser()).isEqualTo("u 1");
    assertThat(request.getPageSize()).isEqualTo(5);
    assertThat(request.getStartTime().getSeconds()).isEqualTo(1767225600 - 8 * 3600);
    Reply wrong = gateway.get("/api/v1/events?page_size=many&colour=red");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().path("violations").toString()).contains("page_size", "colour");
  }

  @Test
  void namesEveryMistakeOfABody() throws Exception {
    Reply reply =
        gateway.post(
            "/api/v1/analyses:run",
            """
            {"query":{"funnel":{"steps":[{"name":5},{"naem":"x"}],"window":"a day"},"scope":{"users":{"trait":
              {"operator":"SOMETIMES"}}}},"extra":1}
            """);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json().path("violations").toString())
        .contains(
            "query.funnel.steps[0].name",
            "query.funnel.steps[1].naem",
            "query.funnel.window",
            "query.scope.users.trait.operator",
            "\"extra\"");
  }

  @Test
  void passesTheViolationsOfAServiceOn() throws Exception {
    Reply reply = gateway.post("/api/v1/analyses:run", "{\"query\":{\"funnel\":{\"steps\":[{}]}}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("violations").get(0).path("field").stringValue())
        .isEqualTo("query.funnel.steps");
  }

  @Test
  void refusesWhatIsNoJson() throws Exception {
    assertThat(gateway.post("/api/v1/analyses:run", "{\"query\":").status()).isEqualTo(400);
    assertThat(gateway.post("/api/v1/analyses:run", "{\"query\":{},\"query\":{}}").status())
        .isEqualTo(400);
    assertThat(gateway.post("/api/v1/analyses:run", "[".repeat(100_000)).status()).isEqualTo(400);
    Reply xml =
        send(
            gateway
                .asAdmin("/api/v1/analyses:run")
                .header("Content-Type", "application/xml")
                .POST(BodyPublishers.ofString("<query/>")));
    assertThat(xml.status()).isEqualTo(415);
    Reply html = send(gateway.asAdmin("/api/v1/ledger").header("Accept", "text/html").GET());
    assertThat(html.status()).isEqualTo(406);
    assertThat(html.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void tellsUnknownPathsFromWrongMethods() throws Exception {
    Reply unknown = gateway.get("/api/v1/nothing");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(unknown.json().path("trace_id").stringValue()).isNotEmpty();
    Reply method =
        send(gateway.asAdmin("/api/v1/segments/vips").method("PATCH", BodyPublishers.noBody()));
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Allow")).isEqualTo("DELETE, GET, PUT");
    for (String hidden :
        new String[] {
          "/actuator/env", "/actuator/gateway", "/actuator/heapdump", "/error", "/v1/nothing"
        }) {
      Reply reply = gateway.get(hidden);
      assertThat(reply.status()).as(hidden).isEqualTo(404);
      assertThat(reply.header("Content-Type")).as(hidden).isEqualTo("application/problem+json");
    }
    assertThat(gateway.get("/actuator/prometheus").status()).isEqualTo(200);
    assertThat(gateway.get("/actuator/health/readiness").status()).isEqualTo(200);
  }

  @Test
  void doesNotServeInternalCalls() throws Exception {
    for (String path :
        new String[] {
          "/tenure.profile.v1.ProfileService/Apply",
          "/api/v1/profiles:apply",
          "/api/v1/flags:evaluate"
        }) {
      assertThat(gateway.post(path, "{}").status()).as(path).isIn(404, 405);
    }
  }

  @Test
  void saysNothingAboutADefect() throws Exception {
    Reply reply = gateway.get("/api/v1/profiles/defect");
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body()).doesNotContain("secret internals").contains("trace_id");
    assertThat(reply.json().has("detail")).isFalse();
  }

  @Test
  void answersNotFoundOfAService() throws Exception {
    Reply reply = gateway.get("/api/v1/profiles/nobody");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("detail").stringValue()).contains("nobody");
  }

  @Test
  void carriesTheTraceToTheService() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    Reply reply =
        send(
            gateway
                .asAdmin("/api/v1/profiles/nobody")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .GET());
    assertThat(reply.json().path("trace_id").stringValue()).isEqualTo(trace);
    assertThat(gateway.services.traceParent.get()).contains(trace);
  }

  @Test
  void setsSecurityHeaders() throws Exception {
    Reply reply = gateway.get("/api/v1/ledger");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("Content-Security-Policy")).contains("script-src 'self'");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.header("Server")).isEmpty();
  }
}
