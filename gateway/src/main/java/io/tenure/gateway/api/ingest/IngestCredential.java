package io.tenure.gateway.api.ingest;

import io.tenure.gateway.api.BoundedBody;
import io.tenure.gateway.api.Query;
import io.tenure.gateway.api.Refusal;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
 * the JSON body. Only in that last case the body is held in memory.
 */
final class IngestCredential {

  private static final int INFLATED_LIMIT = 8 << 20;

  private final BoundedBody bodies;

  IngestCredential(BoundedBody bodies) {
    this.bodies = bodies;
  }

  /**
   * What was found.
   *
   * @param key text of the key; empty when there is none
   * @param body the body to forward
   */
  record Found(Optional<String> key, InputStream body) {}

  /**
   * Looks for the key.
   *
   * @throws Refusal 413
   * @throws Failure INVALID_ARGUMENT when the key can only be in the body and the body is no JSON
   */
  Found find(HttpServletRequest request, IngestPaths.Dialect dialect) {
    bodies.check(request);
    Optional<String> outside = inHeader(request).or(() -> inQuery(request));
    if (outside.isPresent() || dialect == IngestPaths.Dialect.SENSORS) {
      return new Found(outside, stream(request));
    }
    byte[] body = bodies.read(request);
    return new Found(inBody(body), new ByteArrayInputStream(body));
  }

  private static Optional<String> inHeader(HttpServletRequest request) {
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

  private Optional<String> inBody(byte[] body) {
    if (body.length == 0) {
      return Optional.empty();
    }
    try (InputStream plain = inflate(body);
        JsonParser parser = Json.MAPPER.createParser(plain)) {
      return scan(parser);
    } catch (JacksonException malformed) {
      throw Failure.invalid("body", "is not a JSON object");
    } catch (BodyStream.ClientFault tooLarge) {
      throw Refusal.tooLarge(INFLATED_LIMIT);
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
    return gzip ? new BodyStream(new GZIPInputStream(raw), INFLATED_LIMIT) : raw;
  }

  private static InputStream stream(HttpServletRequest request) {
    try {
      return request.getInputStream();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
