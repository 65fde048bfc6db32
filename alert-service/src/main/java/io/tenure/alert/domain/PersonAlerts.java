package io.tenure.alert.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;

/** Hands people the alerts about them. */
public interface PersonAlerts {

  /**
   * Hands over all alerts about the users and to whom they were sent. Never holds more than a page.
   *
   * @param askTime what was raised later is not meant
   * @param records takes each as a JSON object; what it throws ends the reading
   */
  void read(
      ProjectId project, Collection<Long> userNumbers, Instant askTime, Consumer<String> records);
}
