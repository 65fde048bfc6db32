package io.tenure.alert.notify;

import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.Receiver;
import io.tenure.alert.domain.delivery.Parcel;
import io.tenure.alert.domain.delivery.Webhook;
import io.tenure.platform.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts alerts as signed JSON. Redirects are not followed and the answer's body is not read:
 * neither may lead anywhere or cost anything.
 */
public final class HttpWebhook implements Webhook, AutoCloseable {

  private static final int MOST_CONNECTIONS = 100;

  private final CloseableHttpClient client;
  private final NetworkGuard guard;
  private final Duration deadline;
  private final Clock clock;

  /**
   * A webhook sender.
   *
   * @param deadline longest time of one attempt, from resolving to the status line
   */
  public HttpWebhook(NetworkGuard guard, Duration deadline, Clock clock) {
    Timeout timeout = Timeout.of(deadline);
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(guard)
                    .setMaxConnTotal(MOST_CONNECTIONS)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(timeout)
                            .setSocketTimeout(timeout)
                            .build())
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(timeout).build())
            .setUserAgent("Tenure-Webhook/1")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
    this.guard = guard;
    this.deadline = deadline;
    this.clock = clock;
  }

  @Override
  public Answer send(Receiver receiver, Parcel parcel, List<Alert> alerts) {
    Optional<String> objection = guard.objection(receiver.webhookUrl());
    if (objection.isPresent()) {
      return new Unreachable("The address " + objection.get());
    }
    String id = parcel.id(alerts);
    HttpPost request = request(receiver, id, body(id, parcel, alerts));
    Thread alarm = Thread.ofVirtual().start(() -> cancelLate(request));
    try (ClassicHttpResponse response =
        client.executeOpen(RoutingSupport.determineHost(request), request, null)) {
      int status = response.getCode();
      return status / 100 == 2 ? new Accepted(status) : new Refused(status);
    } catch (IOException | HttpException exception) {
      return new Unreachable(reason(request, exception));
    } finally {
      alarm.interrupt();
    }
  }

  private HttpPost request(Receiver receiver, String id, byte[] body) {
    HttpPost request = new HttpPost(receiver.webhookUrl());
    request.setHeader("Idempotency-Key", id);
    request.setHeader(
        "Tenure-Signature", Signature.header(receiver.signingSecret(), clock.instant(), body));
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    return request;
  }

  private static byte[] body(String id, Parcel parcel, List<Alert> alerts) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("delivery_id", id);
    message.put("project_id", parcel.project().value());
    message.put("rule_id", parcel.ruleId());
    message.put("alerts", alerts.stream().map(HttpWebhook::json).toList());
    return Json.write(message).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> json(Alert alert) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", alert.id());
    json.put("rule_id", alert.ruleId());
    json.put("user_number", alert.userNumber());
    json.put("login_id", alert.loginId());
    json.put("create_time", alert.createTime().toString());
    json.put("explanation", alert.explanation());
    return json;
  }

  /** Socket timeouts start anew with every byte; this one does not. */
  private void cancelLate(HttpPost request) {
    try {
      Thread.sleep(deadline);
      request.cancel();
    } catch (InterruptedException answered) {
      Thread.currentThread().interrupt();
    }
  }

  private String reason(HttpPost request, Exception exception) {
    if (request.isCancelled() || exception instanceof java.io.InterruptedIOException) {
      return "No answer within " + deadline.toSeconds() + " s";
    }
    return switch (exception) {
      case ForbiddenAddressException forbidden -> "The address leads into a private network";
      case UnknownHostException unknown -> "The host is not known";
      case ConnectException refused -> "The connection was refused";
      case SSLException untrusted -> "The TLS connection failed";
      default -> "The connection failed";
    };
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
