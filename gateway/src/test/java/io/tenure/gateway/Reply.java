package io.tenure.gateway;

import io.tenure.platform.json.Json;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** A reply as a test wants to look at it. */
record Reply(HttpResponse<String> raw) {

  int status() {
    return raw.statusCode();
  }

  String body() {
    return raw.body();
  }

  String header(String name) {
    return raw.headers().firstValue(name).orElse("");
  }

  JsonNode json() {
    return Json.read(raw.body());
  }
}
