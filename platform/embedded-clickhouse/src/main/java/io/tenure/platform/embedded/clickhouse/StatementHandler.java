package io.tenure.platform.embedded.clickhouse;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one request: the health paths itself, statements through the {@link StatementRunner},
 * failures in ClickHouse's own form.
 */
final class StatementHandler {

  private static final Logger LOG = LoggerFactory.getLogger(StatementHandler.class);
  private static final String SERVER_NAME = "tenure-embedded";

  private final StatementRunner runner;
  private final Credentials expected;
  private final String timeZone;

  StatementHandler(EnginePool pool, Credentials expected) {
    this.runner = new StatementRunner(pool);
    this.expected = expected;
    this.timeZone = pool.timeZone();
  }

  void handle(Exchange exchange) {
    try {
      handle(exchange, StatementRequest.of(exchange.request()));
    } catch (IllegalArgumentException e) {
      ResponseBody response =
          new ResponseBody(exchange.channel(), headers(UUID.randomUUID().toString()), false, false);
      fail(
          exchange,
          response,
          new EngineException(ErrorCode.BAD_ARGUMENTS, "The URL cannot be decoded"));
    } finally {
      exchange.body().close();
    }
  }

  private void handle(Exchange exchange, StatementRequest request) {
    ResponseBody response =
        new ResponseBody(
            exchange.channel(),
            headers(request.queryId()),
            exchange.keepAlive(),
            request.bodiless());
    try {
      answer(exchange, request, response);
      response.close();
    } catch (EngineException e) {
      fail(exchange, response, e);
    } catch (IOException e) {
      LOG.debug("Request {} ended early: {}", request.queryId(), e.getMessage());
      exchange.channel().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.channel().close();
    } catch (RuntimeException e) {
      LOG.warn("Request {} failed in the door", request.queryId(), e);
      fail(
          exchange,
          response,
          new EngineException(ErrorCode.UNKNOWN_EXCEPTION, "The embedded door failed"));
    }
  }

  private void answer(Exchange exchange, StatementRequest request, ResponseBody response)
      throws IOException, InterruptedException {
    if (request.path().equals("/ping")
        || request.path().equals("/replicas_status")
        || request.isGreeting()) {
      text(response, "Ok.\n");
    } else if (request.path().equals("/")) {
      request.credentials().require(expected);
      StatementRequest.check(exchange.request());
      runner.run(exchange, request, response);
    } else {
      response.restart(404);
      text(response, "There is no handle " + request.path() + "\n");
    }
  }

  private static void fail(Exchange exchange, ResponseBody response, EngineException failure) {
    if (response.isStarted()) {
      exchange.channel().close();
      return;
    }
    try {
      response.restart(ErrorCode.httpStatus(failure.code()));
      response
          .headers()
          .set("X-ClickHouse-Exception-Code", failure.code())
          .remove("X-ClickHouse-Format")
          .remove("Content-Encoding");
      text(response, failure.text() + "\n");
      response.close();
    } catch (IOException e) {
      exchange.channel().close();
    }
  }

  private static void text(ResponseBody response, String text) throws IOException {
    response.headers().set("Content-Type", "text/plain; charset=UTF-8");
    response.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private HttpHeaders headers(String queryId) {
    return new DefaultHttpHeaders()
        .set("X-ClickHouse-Server-Display-Name", SERVER_NAME)
        .set("X-ClickHouse-Query-Id", printable(queryId))
        .set("X-ClickHouse-Timezone", timeZone)
        .set("X-ClickHouse-Summary", Progress.NONE.json());
  }

  /** A query id comes from the client; only what may stand in a header goes back. */
  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
