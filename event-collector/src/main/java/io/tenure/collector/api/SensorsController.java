package io.tenure.collector.api;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.MalformedBody;
import io.tenure.collector.domain.dialect.ProjectChoice;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.encryption.EnvelopeOpener;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.collector.domain.record.Dialect;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
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

  private static final String DRY_RUN = "Dry-Run";

  private final Reception reception;
  private final EnvelopeOpener opener;

  /** Hands what it decodes to a reception. */
  public SensorsController(Reception reception, EnvelopeOpener opener) {
    this.reception = reception;
    this.opener = opener;
  }

  /**
   * Takes records. The web SDK has no debug address of its own when its server's address is a
   * custom one, but says {@code Dry-Run} then too.
   */
  @RequestMapping(
      path = {"/sa", "/sa/", "/sa.gif", "/sa.gif/"},
      method = {RequestMethod.GET, RequestMethod.POST})
  public ResponseEntity<byte[]> records(HttpServletRequest request) throws IOException {
    if (request.getHeader(DRY_RUN) != null) {
      return debug(request);
    }
    reception.receive(request, Dialect.SENSORS, decoding(request));
    return ResponseEntity.ok().contentLength(0).build();
  }

  /** Tells what is wrong with records; stores them too, unless it is a dry run. */
  @RequestMapping(
      path = {"/debug", "/debug/"},
      method = {RequestMethod.GET, RequestMethod.POST})
  public ResponseEntity<byte[]> debug(HttpServletRequest request) throws IOException {
    SensorsExplanation explanation = new SensorsExplanation(request.getMethod().equals("GET"));
    boolean dryRun = "true".equalsIgnoreCase(request.getHeader(DRY_RUN));
    try {
      List<Outcome> outcomes =
          dryRun
              ? reception.explain(request, decoding(request))
              : reception.receiveEach(request, Dialect.SENSORS, decoding(request));
      return explanation.of(outcomes);
    } catch (MalformedBody malformed) {
      return explanation.of(malformed);
    }
  }

  private Reception.Decoding decoding(HttpServletRequest request) {
    return (arrival, body) -> {
      List<Draft> drafts =
          new SensorsDecoder(arrival, opener).decode(form(request, body.content()), body::inflate);
      String project = query(request).getOrDefault(ProjectChoice.REQUEST_PROJECT, "");
      return project.isEmpty()
          ? drafts
          : drafts.stream()
              .map(draft -> draft.sharing(ProjectChoice.REQUEST_PROJECT, project))
              .toList();
    };
  }

  private static Map<String, String> form(HttpServletRequest request, byte[] body) {
    Map<String, String> form = new HashMap<>(query(request));
    form.putAll(FormFields.parse(body));
    return form;
  }

  private static Map<String, String> query(HttpServletRequest request) {
    @Nullable String query = request.getQueryString();
    return query == null ? Map.of() : FormFields.parse(query.getBytes(StandardCharsets.UTF_8));
  }
}
