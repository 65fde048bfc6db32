package io.tenure.gateway.api;

import java.util.Map;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerResponse;

/** The replies the gateway writes itself. */
public final class Replies {

  private Replies() {}

  /** JSON bytes with further headers; not to be cached unless these say so. */
  public static ServerResponse json(int status, byte[] body, Consumer<HttpHeaders> headers) {
    return ServerResponse.status(status)
        .header("Content-Type", "application/json")
        .header("Content-Length", Integer.toString(body.length))
        .header("Cache-Control", "no-store")
        .headers(headers)
        .build(
            (request, response) -> {
              response.getOutputStream().write(body);
              return null;
            });
  }

  /** A status and headers, no body. */
  public static ServerResponse empty(int status, Map<String, String> headers) {
    return ServerResponse.status(status)
        .headers(target -> headers.forEach(target::set))
        .build((request, response) -> null);
  }
}
