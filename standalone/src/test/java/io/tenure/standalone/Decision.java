package io.tenure.standalone;

import tools.jackson.databind.JsonNode;

/**
 * What somebody gets and why, whichever door it came through.
 *
 * @param value missing when it is left to the program that asks
 * @param reason in the words of OpenFeature
 * @param rule empty when none decided
 * @param experiment empty when none dealt
 */
record Decision(
    String flag, JsonNode value, String variant, String reason, String rule, String experiment) {

  /** One of a reply by OFREP. */
  static Decision ofOfrep(JsonNode reply) {
    JsonNode metadata = reply.path("metadata");
    return new Decision(
        reply.path("key").asString(),
        reply.path("value"),
        reply.path("variant").asString(),
        reply.path("reason").asString(),
        metadata.path("rule").asString(),
        metadata.path("experiment").asString());
  }

  /** One of the contract, as JSON. */
  static Decision ofEvaluation(JsonNode evaluation) {
    JsonNode value = evaluation.path("value");
    return new Decision(
        evaluation.path("flag_key").asString(),
        value.isNull() ? evaluation.path("no value") : value,
        evaluation.path("variant").asString(),
        evaluation.path("reason").asString().replaceFirst("^REASON_", ""),
        evaluation.path("rule").asString(),
        evaluation.path("experiment").asString());
  }
}
