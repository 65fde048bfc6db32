package io.tenure.collector.domain.remoteconfig;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The systems whose SDKs fetch a configuration. */
public enum Platform {
  /** Android. */
  ANDROID("Android"),
  /** iOS. */
  IOS("iOS");

  private final String label;

  Platform(String label) {
    this.label = label;
  }

  /** As SDKs write it in the path. */
  public String label() {
    return label;
  }

  /** In definitions and our own API. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The platform of an id. */
  public static Optional<Platform> of(String id) {
    return Stream.of(values()).filter(platform -> platform.id().equals(id)).findFirst();
  }
}
