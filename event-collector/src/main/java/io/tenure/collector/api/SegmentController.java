package io.tenure.collector.api;

import io.tenure.collector.domain.dialect.SegmentDecoder;
import io.tenure.collector.domain.record.Dialect;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The addresses of the SDKs that speak Segment's protocol. A success has a JSON body, because the
 * Java SDK takes anything else for a failure and sends the batch again.
 */
@RestController
public final class SegmentController {

  private static final byte[] SUCCESS = "{\"success\":true}".getBytes(StandardCharsets.UTF_8);
  private static final String TYPES = "{type:track|identify|page|screen|group|alias}";

  /** The browser SDK saves bytes. */
  private static final Map<String, String> SHORT_TYPES =
      Map.of("i", "identify", "t", "track", "p", "page", "s", "screen", "g", "group", "a", "alias");

  private final Reception reception;

  /** Hands what it decodes to a reception. */
  public SegmentController(Reception reception) {
    this.reception = reception;
  }

  @PostMapping({
    "/v1/batch",
    "/v1/batch/",
    "/v1/import",
    "/v1/import/",
    "/v1/b",
    "/v1/b/",
    "/beacon/v1/batch",
    "/beacon/v1/batch/"
  })
  ResponseEntity<byte[]> batch(HttpServletRequest request) throws IOException {
    reception.receive(
        request,
        Dialect.SEGMENT,
        (arrival, body) -> new SegmentDecoder(arrival).batch(body.content()));
    return success();
  }

  @PostMapping({"/v1/" + TYPES, "/v1/" + TYPES + "/"})
  ResponseEntity<byte[]> single(HttpServletRequest request, @PathVariable String type)
      throws IOException {
    reception.receive(
        request,
        Dialect.SEGMENT,
        (arrival, body) -> new SegmentDecoder(arrival).single(body.content(), type));
    return success();
  }

  @PostMapping({"/v1/{type:[itpsga]}", "/v1/{type:[itpsga]}/"})
  ResponseEntity<byte[]> brief(HttpServletRequest request, @PathVariable String type)
      throws IOException {
    return single(request, SHORT_TYPES.getOrDefault(type, type));
  }

  private static ResponseEntity<byte[]> success() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(SUCCESS);
  }
}
