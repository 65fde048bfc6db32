package io.tenure.collector.api;

import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.record.Dialect;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * The addresses of the Sensors Data SDKs. A success has an empty body, because the Java SDK drops
 * its connection otherwise; overload is 503, because the mobile SDKs throw records away at 429.
 */
@RestController
public final class SensorsController {

  private final Reception reception;

  /** Hands what it decodes to a reception. */
  public SensorsController(Reception reception) {
    this.reception = reception;
  }

  @RequestMapping(
      path = {"/sa", "/sa/"},
      method = RequestMethod.POST)
  ResponseEntity<Void> records(HttpServletRequest request) throws IOException {
    return receive(request);
  }

  @RequestMapping(
      path = "/sa.gif",
      method = {RequestMethod.GET, RequestMethod.POST})
  ResponseEntity<Void> beacon(HttpServletRequest request) throws IOException {
    return receive(request);
  }

  private ResponseEntity<Void> receive(HttpServletRequest request) throws IOException {
    reception.receive(
        request,
        Dialect.SENSORS,
        (arrival, body) ->
            new SensorsDecoder(arrival).decode(form(request, body.content()), body::inflate));
    return ResponseEntity.ok().contentLength(0).build();
  }

  private static Map<String, String> form(HttpServletRequest request, byte[] body) {
    Map<String, String> form = new HashMap<>();
    @Nullable String query = request.getQueryString();
    if (query != null) {
      form.putAll(FormFields.parse(query.getBytes(StandardCharsets.UTF_8)));
    }
    form.putAll(FormFields.parse(body));
    return form;
  }
}
