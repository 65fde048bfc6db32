package io.tenure.profile.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.seal.KeyRotation;
import io.tenure.profile.domain.seal.Resealing;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Brings what is sealed to the master key and to the data classes of today. */
public class SealingJob {

  private static final Logger LOG = LoggerFactory.getLogger(SealingJob.class);

  private final KeyRotation rotation;
  private final Resealing resealing;
  private final MultiGauge wraps;

  /** A job of the given use cases. */
  public SealingJob(KeyRotation rotation, Resealing resealing, MeterRegistry meters) {
    this.rotation = rotation;
    this.resealing = resealing;
    this.wraps = MultiGauge.builder("tenure.profile.seal.wraps").register(meters);
  }

  /** Seals users' keys anew under the active master key, and tells how many each one seals. */
  @Scheduled(fixedDelayString = "${tenure.profile.sealing.rotation-interval:1m}")
  public void rotate() {
    try {
      int done = rotation.run();
      if (done > 0) {
        LOG.info("Sealed {} users' keys anew under the active master key", done);
      }
      wraps.register(rotation.wraps().entrySet().stream().map(SealingJob::row).toList(), true);
    } catch (Failure failure) {
      LOG.warn("Users' keys were not sealed anew and will be: {}", failure.text());
    }
  }

  /** Brings values to the form their class asks for now. */
  @Scheduled(fixedDelayString = "${tenure.profile.sealing.sweep-interval:5m}")
  public void sweep() {
    try {
      int done = resealing.run();
      if (done > 0) {
        LOG.info("Brought the traits of {} users to the form their class asks for", done);
      }
    } catch (Failure failure) {
      LOG.warn("Traits were not sealed anew and will be: {}", failure.text());
    }
  }

  private static Row<Number> row(Map.Entry<String, Long> count) {
    return Row.of(Tags.of("master", count.getKey()), count.getValue());
  }
}
