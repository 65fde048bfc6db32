package io.tenure.gateway.api.ingest;

import io.tenure.gateway.api.SendingLimit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The paths SDKs send events to. Each is served with and without a slash at its end. */
public final class IngestPaths {

  /** Sensors SDKs. */
  public static final List<String> SENSORS = List.of("/sa", "/sa.gif", "/debug");

  /** Segment SDKs. */
  public static final List<String> SEGMENT =
      Stream.concat(
              Stream.of("batch", "import", "identify", "track", "page", "screen", "group", "alias")
                  .map(call -> "/v1/" + call),
              // How the browser SDKs abbreviate them, and what they send while a page closes.
              Stream.of(
                  "/v1/b",
                  "/v1/i",
                  "/v1/t",
                  "/v1/p",
                  "/v1/s",
                  "/v1/g",
                  "/v1/a",
                  "/beacon/v1/batch"))
          .toList();

  private final Set<String> sensors = new LinkedHashSet<>(SENSORS);
  private final Set<String> roots = new LinkedHashSet<>(Set.of(""));

  /**
   * The protocols' own paths and further ones of the Sensors protocol. A path {@code /bank/sa} also
   * stands for {@code /bank/sa.gif} and {@code /bank/debug}, which the SDKs derive from it.
   */
  public IngestPaths(List<String> sensorsPaths) {
    for (String path : sensorsPaths) {
      sensors.add(path);
      sensors.add(path + ".gif");
      String root = path.substring(0, path.lastIndexOf('/'));
      sensors.add(root + "/debug");
      roots.add(root);
    }
  }

  /** Which protocol a path speaks. */
  enum Dialect {
    SENSORS("GET, POST"),
    SEGMENT("POST");

    private final String methods;

    Dialect(String methods) {
      this.methods = methods;
    }

    String methods() {
      return methods;
    }

    /** Answers overload as the SDKs of the protocol expect it. */
    SendingLimit.Later later() {
      return this == SENSORS
          ? SendingLimit.Later.UNAVAILABLE
          : SendingLimit.Later.TOO_MANY_REQUESTS;
    }

    boolean answers(String method) {
      return method.equals("POST") || (this == SENSORS && method.equals("GET"));
    }
  }

  /** Whether events arrive at a path. */
  public boolean contains(String path) {
    return dialect(path).isPresent();
  }

  /** What stands before the last part of each Sensors path; nothing for the protocol's own. */
  Set<String> roots() {
    return roots;
  }

  Optional<Dialect> dialect(String path) {
    String bare =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (sensors.contains(bare)) {
      return Optional.of(Dialect.SENSORS);
    }
    return SEGMENT.contains(bare) ? Optional.of(Dialect.SEGMENT) : Optional.empty();
  }
}
