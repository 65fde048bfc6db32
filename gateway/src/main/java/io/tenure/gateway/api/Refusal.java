package io.tenure.gateway.api;

import java.util.Map;

/**
 * A request refused for a reason only HTTP knows: no such path, wrong method, wrong media type, too
 * large. Everything else is a {@link io.tenure.platform.failure.Failure}.
 */
public final class Refusal extends RuntimeException {

  private final int status;
  private final String detail;
  private final transient Map<String, String> headers;

  /** A refusal with a text for the caller. */
  public Refusal(int status, String detail) {
    this(status, detail, Map.of());
  }

  /** A refusal with headers that belong to its status. */
  public Refusal(int status, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
    this.headers = Map.copyOf(headers);
  }

  /** There is nothing at this path. */
  public static Refusal unknownPath() {
    return new Refusal(404, "There is nothing at this path");
  }

  /** The path exists, but not for this method. */
  public static Refusal method(String allowed) {
    return new Refusal(405, "This path answers " + allowed, Map.of("Allow", allowed));
  }

  /** The body is larger than a request may be. */
  public static Refusal tooLarge(long limit) {
    return new Refusal(413, "The body is larger than " + limit + " bytes");
  }

  /** The status of the reply. */
  public int status() {
    return status;
  }

  /** The text for the caller. */
  public String detail() {
    return detail;
  }

  /** Headers of the reply that belong to the status. */
  public Map<String, String> headers() {
    return headers;
  }
}
