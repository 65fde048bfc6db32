package io.tenure.alert.job;

import io.tenure.alert.domain.delivery.Courier;
import io.tenure.platform.failure.Failure;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sends the courier on its rounds. What a round leaves is due again in the next one. */
@Component
public final class DeliveryJob {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryJob.class);

  private final Courier courier;

  /** A job for this courier. */
  public DeliveryJob(Courier courier) {
    this.courier = courier;
  }

  /** One round. */
  @Scheduled(
      initialDelayString = "${tenure.alert.delivery.tick:5s}",
      fixedDelayString = "${tenure.alert.delivery.tick:5s}")
  public void run() {
    try {
      courier.deliverDue();
    } catch (Failure failure) {
      LOG.warn("A delivery round failed: {}", failure.text());
    } catch (CompletionException exception) {
      LOG.warn("A delivery round failed", exception.getCause());
    }
  }
}
