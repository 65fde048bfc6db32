package io.tenure.gateway.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of the query string alone. The container's own parameter methods also read the body of
 * a form, which then is lost to whoever needs its bytes.
 */
public final class Query {

  private static final Pattern AMPERSAND = Pattern.compile("&");

  private Query() {}

  /** One parameter. */
  public record Parameter(String name, String value) {}

  /** The parameters in order; malformed ones are left out. */
  public static List<Parameter> parse(@Nullable String query) {
    List<Parameter> parameters = new ArrayList<>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String part : AMPERSAND.split(query, -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      try {
        parameters.add(
            new Parameter(
                URLDecoder.decode(name, StandardCharsets.UTF_8),
                URLDecoder.decode(value, StandardCharsets.UTF_8)));
      } catch (IllegalArgumentException malformed) {
        // Not ours to repair; the services see the raw query.
      }
    }
    return parameters;
  }

  /** The first parameter of a name. */
  public static Optional<String> first(@Nullable String query, String name) {
    return parse(query).stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .findFirst();
  }
}
