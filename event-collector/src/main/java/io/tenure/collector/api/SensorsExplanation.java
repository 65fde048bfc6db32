package io.tenure.collector.api;

import io.tenure.collector.domain.dialect.MalformedBody;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The answer to a developer who debugs an SDK. The Java, Go and Python SDKs want 200 with whatever
 * body, and show the body of anything else. The web SDK shows the body of a 200 unless it is
 * exactly an empty JSON object, and shows nothing of anything else; it alone asks by GET.
 */
final class SensorsExplanation {

  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final boolean web;

  SensorsExplanation(boolean web) {
    this.web = web;
  }

  /** One line or one object for each record that is not accepted; records count from 1. */
  ResponseEntity<byte[]> of(List<Outcome> outcomes) {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case Outcome.Accepted accepted -> {}
        case Outcome.Duplicate duplicate -> {}
        case Outcome.Quarantined aside ->
            faults.add(new Fault(i + 1, aside.reason().name(), aside.detail()));
        case Outcome.Refused refused ->
            faults.add(new Fault(i + 1, refused.reason().name(), "The record is not kept"));
      }
    }
    return answer(faults);
  }

  /** The body as a whole can't be read. */
  ResponseEntity<byte[]> of(MalformedBody malformed) {
    return answer(List.of(new Fault(0, "MALFORMED_BODY", malformed.detail())));
  }

  private ResponseEntity<byte[]> answer(List<Fault> faults) {
    if (web) {
      Map<String, Object> body = new LinkedHashMap<>();
      if (!faults.isEmpty()) {
        body.put("errors", faults.stream().map(Fault::json).toList());
      }
      return ResponseEntity.ok()
          .contentType(MediaType.APPLICATION_JSON)
          .body(Json.MAPPER.writeValueAsBytes(body));
    }
    if (faults.isEmpty()) {
      return ResponseEntity.ok().contentLength(0).build();
    }
    StringBuilder text = new StringBuilder();
    faults.forEach(fault -> text.append(fault.line()).append('\n'));
    return ResponseEntity.badRequest()
        .contentType(TEXT)
        .body(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What is wrong.
   *
   * @param record which record, counted from 1; 0 for the body as a whole
   */
  private record Fault(int record, String reason, String detail) {

    String line() {
      return (record == 0 ? "The body" : "Record " + record) + ": " + reason + ": " + detail;
    }

    Map<String, Object> json() {
      return Map.of("record", record, "reason", reason, "detail", detail);
    }
  }
}
