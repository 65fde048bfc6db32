package io.tenure.gateway.api.ingest;

import io.tenure.gateway.api.Query;
import io.tenure.gateway.api.Refusal;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Finds the key in an ingest request: header, query or, for Segment SDKs that send it nowhere else,
 * the JSON body.
 */
final class IngestCredential {

  private static final int INFLATED_LIMIT = 8 << 20;

  private IngestCredential() {}

  /** The key in header or query. */
  static Optional<String> outside(HttpServletRequest request) {
    return inHeader(request).or(() -> inQuery(request));
  }

  static Optional<String> inHeader(HttpServletRequest request) {
    @Nullable String own = request.getHeader("Tenure-Key");
    if (own != null) {
      return Optional.of(own);
    }
    @Nullable String authorization = request.getHeader("Authorization");
    if (authorization == null) {
      return Optional.empty();
    }
    if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.of(basicUser(authorization.substring(6).strip()));
    }
    // Other bearer tokens belong to a proxy's OAuth; the key is then in the body.
    return Stream.of("Bearer wk_", "Bearer sk_").anyMatch(authorization::startsWith)
        ? Optional.of(authorization.substring(7).strip())
        : Optional.empty();
  }

  private static String basicUser(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? pair : pair.substring(0, colon);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  private static Optional<String> inQuery(HttpServletRequest request) {
    @Nullable String query = request.getQueryString();
    return Query.first(query, "token").or(() -> Query.first(query, "writeKey"));
  }

  /**
   * The key in a Segment body.
   *
   * @throws Refusal 413
   * @throws Failure INVALID_ARGUMENT when the body is no JSON
   */
  static Optional<String> inBody(byte[] body) {
    if (body.length == 0) {
      return Optional.empty();
    }
    try (InputStream plain = inflate(body);
        JsonParser parser = Json.MAPPER.createParser(plain)) {
      return scan(parser);
    } catch (JacksonException malformed) {
      throw Failure.invalid("body", "is not a JSON object");
    } catch (IOException malformed) {
      throw Failure.invalid("body", "is not valid gzip");
    }
  }

  private static Optional<String> scan(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw Failure.invalid("body", "is not a JSON object");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean found = "writeKey".equals(parser.currentName());
      JsonToken value = parser.nextToken();
      if (found && value == JsonToken.VALUE_STRING) {
        return Optional.of(parser.getString());
      }
      parser.skipChildren();
    }
    return Optional.empty();
  }

  private static InputStream inflate(byte[] body) throws IOException {
    boolean gzip = body.length > 1 && body[0] == (byte) 0x1f && body[1] == (byte) 0x8b;
    InputStream raw = new ByteArrayInputStream(body);
    return gzip ? new InflatedStream(new GZIPInputStream(raw)) : raw;
  }

  /** Ends a body that grows without end while it is unpacked. */
  private static final class InflatedStream extends FilterInputStream {

    private long left = INFLATED_LIMIT;

    InflatedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(int bytes) {
      left -= bytes;
      if (left < 0) {
        throw Refusal.tooLarge(INFLATED_LIMIT);
      }
    }
  }
}
