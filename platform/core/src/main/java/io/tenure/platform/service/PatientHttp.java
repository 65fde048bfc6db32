package io.tenure.platform.service;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Constants;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * HTTP with an end to patience. Tomcat's own limit is between two packets, so a sender who drips
 * its header byte by byte keeps its connection for ever; here the header as a whole has a time. A
 * body may take as long as it makes progress.
 */
public final class PatientHttp extends Http11NioProtocol {

  private static final Duration IDLE = Duration.ofSeconds(60);

  private Duration header = Duration.ofSeconds(10);
  private @Nullable ScheduledFuture<?> sweep;

  /**
   * Makes a service's door patient.
   *
   * @param header how long a request's header may take
   * @param body how long a body may make no progress
   */
  public static WebServerFactoryCustomizer<TomcatServletWebServerFactory> door(
      Duration header, Duration body) {
    return factory -> {
      factory.setProtocol(PatientHttp.class.getName());
      factory.addConnectorCustomizers(
          connector -> {
            if (connector.getProtocolHandler() instanceof PatientHttp http) {
              http.limit(header, body);
            }
          });
    };
  }

  private void limit(Duration newHeader, Duration body) {
    header = newHeader;
    setConnectionTimeout(Math.toIntExact(newHeader.toMillis()));
    setKeepAliveTimeout(Math.toIntExact(IDLE.toMillis()));
    setDisableUploadTimeout(false);
    setConnectionUploadTimeout(Math.toIntExact(body.toMillis()));
    // A sender who asks first is not told to send what is refused unread.
    setContinueResponseTiming("onRead");
  }

  @Override
  public void start() throws Exception {
    super.start();
    long pause = Math.clamp(header.toMillis() / 5, 10, 1000);
    sweep =
        getUtilityExecutor()
            .scheduleWithFixedDelay(this::closeSlow, pause, pause, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() throws Exception {
    ScheduledFuture<?> running = sweep;
    if (running != null) {
      running.cancel(false);
    }
    super.stop();
  }

  private void closeSlow() {
    for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
      if (isSlow(connection)) {
        connection.setError(new SocketTimeoutException());
        if (!getEndpoint().processSocket(connection, SocketEvent.ERROR, true)) {
          connection.close();
        }
      }
    }
  }

  private boolean isSlow(SocketWrapperBase<NioChannel> connection) {
    if (!(connection.getCurrentProcessor() instanceof AbstractProcessor processor)) {
      return false;
    }
    Request request = processor.getRequest();
    long start = request.getStartTimeNanos();
    int stage = request.getRequestProcessor().getStage();
    // Between two packets of a header Tomcat calls the request ended, but keeps its processor.
    boolean inHeader = stage == Constants.STAGE_PARSE || stage == Constants.STAGE_ENDED;
    return start >= 0
        && inHeader
        && !processor.isAsync()
        && System.nanoTime() - start > header.toNanos();
  }
}
