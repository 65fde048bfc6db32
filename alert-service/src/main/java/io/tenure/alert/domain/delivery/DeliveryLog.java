package io.tenure.alert.domain.delivery;

import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.Page;
import io.tenure.alert.domain.Position;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;

/** Knows which alerts are still to be delivered, and what became of the others. */
public interface DeliveryLog {

  /**
   * Parcels to send now, oldest first, of all projects.
   *
   * @param oldest alerts raised before it are not looked at any more
   */
  List<Parcel> due(Instant now, Instant oldest, int limit);

  /** The alerts of a parcel that were not withheld, by id. */
  List<Alert> alerts(Parcel parcel);

  /** Takes alerts out of a parcel for good. Again is harmless. */
  void withhold(Parcel parcel, List<Alert> alerts, String reason, Instant time);

  /** Notes an attempt. */
  void record(Parcel parcel, Attempt attempt);

  /**
   * Deliveries after a position, newest first.
   *
   * @param alertId only this alert; empty for all
   */
  Page<Delivery> list(ProjectId project, String alertId, int size, Position after);
}
