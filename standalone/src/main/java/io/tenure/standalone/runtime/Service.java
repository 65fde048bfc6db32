package io.tenure.standalone.runtime;

import io.tenure.alert.AlertApplication;
import io.tenure.collector.CollectorApplication;
import io.tenure.experiment.ExperimentApplication;
import io.tenure.gateway.GatewayApplication;
import io.tenure.profile.ProfileApplication;
import io.tenure.segment.SegmentApplication;
import java.util.Arrays;
import java.util.Optional;

/** The six services, in the order they start: each finds the ones it calls already running. */
public enum Service {
  /** Who a user is. */
  PROFILE(ProfileApplication.NAME, ProfileApplication.class, false),
  /** Segments and analyses. */
  SEGMENT(SegmentApplication.NAME, SegmentApplication.class, false),
  /** Flags. */
  EXPERIMENT(ExperimentApplication.NAME, ExperimentApplication.class, false),
  /** Rules and alerts. */
  ALERT(AlertApplication.NAME, AlertApplication.class, false),
  /** Takes events. */
  COLLECTOR(CollectorApplication.NAME, CollectorApplication.class, true),
  /** The public door. */
  GATEWAY(GatewayApplication.NAME, GatewayApplication.class, true);

  private final String label;
  private final Class<?> application;
  private final boolean http;

  Service(String label, Class<?> application, boolean http) {
    this.label = label;
    this.application = application;
    this.http = http;
  }

  /** Its name on the command line, in configuration and in telemetry. */
  public String label() {
    return label;
  }

  /** Its application class. */
  public Class<?> application() {
    return application;
  }

  /** Whether it serves HTTP besides health. */
  public boolean http() {
    return http;
  }

  /** The service of a name. */
  public static Optional<Service> of(String label) {
    return Arrays.stream(values()).filter(service -> service.label.equals(label)).findFirst();
  }
}
