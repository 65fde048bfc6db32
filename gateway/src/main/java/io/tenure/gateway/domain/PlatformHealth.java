package io.tenure.gateway.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The health of the whole platform: all services asked at the same time. */
public final class PlatformHealth {

  private final List<HealthProbe> probes;

  /** Health as told by these probes; several of one service count together. */
  public PlatformHealth(List<HealthProbe> probes) {
    this.probes = List.copyOf(probes);
  }

  /**
   * How one service is.
   *
   * @param name the service
   * @param trouble what is wrong; empty when it is healthy
   */
  public record ServiceHealth(String name, String trouble) {

    /** Whether nothing is wrong. */
    public boolean healthy() {
      return trouble.isEmpty();
    }
  }

  /** The services by name. */
  public List<ServiceHealth> ask() {
    Map<String, String> troubles = new TreeMap<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ServiceHealth>> answers = new ArrayList<>();
      for (HealthProbe probe : probes) {
        answers.add(
            executor.submit(() -> new ServiceHealth(probe.service(), probe.trouble().orElse(""))));
      }
      for (Future<ServiceHealth> answer : answers) {
        ServiceHealth health = answer.get();
        troubles.merge(health.name(), health.trouble(), PlatformHealth::join);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException defect) {
      throw new IllegalStateException(defect);
    }
    return troubles.entrySet().stream()
        .map(entry -> new ServiceHealth(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String join(String one, String other) {
    if (one.isEmpty() || one.equals(other)) {
      return other;
    }
    return other.isEmpty() ? one : one + "; " + other;
  }
}
