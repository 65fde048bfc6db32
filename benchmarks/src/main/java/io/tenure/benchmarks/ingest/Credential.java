package io.tenure.benchmarks.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Why a door lets a request in: the gateway wants a key, the collector behind it believes the
 * gateway's word.
 *
 * @param project the tenant
 * @param key a write key; empty for a request to the collector itself
 */
record Credential(String project, String key) {

  /** Part of a Sensors address. */
  String query() {
    return key.isEmpty() ? "" : "&token=" + key;
  }

  /** Header of a Segment request. */
  String basic() {
    if (key.isEmpty()) {
      return "";
    }
    byte[] pair = (key + ":").getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair) + "\r\n";
  }

  /** Header of a request behind the gateway. */
  String header() {
    return key.isEmpty() ? "Tenure-Project: " + project + "\r\n" : "";
  }
}
