package io.tenure.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * Connections to the collector. They change nothing on the way: no decompression, redirects,
 * cookies or silent second attempts.
 */
final class CollectorHttp implements AutoCloseable {

  private static final int CONNECTIONS = 256;
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration QUESTION = Duration.ofSeconds(2);

  private final CloseableHttpClient client;
  private final Duration timeout;

  CollectorHttp(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(CONNECT))
                            .setSocketTimeout(Timeout.of(timeout))
                            .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                            .build())
                    .build())
            .disableContentCompression()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAutomaticRetries()
            .disableAuthCaching()
            .disableDefaultUserAgent()
            .build();
  }

  /** For events. */
  ClientHttpRequestFactory requests() {
    return factory(timeout);
  }

  /** For questions that must be answered soon. */
  ClientHttpRequestFactory questions() {
    return factory(QUESTION);
  }

  private ClientHttpRequestFactory factory(Duration patience) {
    HttpComponentsClientHttpRequestFactory factory =
        new HttpComponentsClientHttpRequestFactory(client);
    factory.setHttpContextFactory((method, uri) -> context(patience));
    return factory;
  }

  private static org.apache.hc.client5.http.protocol.HttpClientContext context(Duration patience) {
    org.apache.hc.client5.http.protocol.HttpClientContext context =
        org.apache.hc.client5.http.protocol.HttpClientContext.create();
    context.setRequestConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(CONNECT))
            .setResponseTimeout(Timeout.of(patience))
            .build());
    return context;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
