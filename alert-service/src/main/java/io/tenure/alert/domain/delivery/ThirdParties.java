package io.tenure.alert.domain.delivery;

import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.Consenting;
import io.tenure.alert.domain.Receiver;
import io.tenure.alert.domain.UserSet;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.util.List;

/**
 * Keeps alerts from receivers outside the institution when the person does not agree to sharing. It
 * is asked before every attempt, so that a withdrawal counts for what waits for its retry; what was
 * withheld once stays withheld.
 */
final class ThirdParties {

  static final String REASON = "Withheld from a third party: the person does not agree to sharing";

  private final Consenting consenting;
  private final DeliveryLog log;
  private final DeliveryMeter meter;
  private final Clock clock;

  ThirdParties(Consenting consenting, DeliveryLog log, DeliveryMeter meter, Clock clock) {
    this.consenting = consenting;
    this.log = log;
    this.meter = meter;
    this.clock = clock;
  }

  /**
   * Those of a parcel's alerts that the receiver may have; the others are noted as withheld before
   * anything is sent.
   *
   * @throws io.tenure.platform.failure.Failure when nobody knows; then nothing may be sent
   */
  List<Alert> allowed(Receiver receiver, Parcel parcel, List<Alert> alerts) {
    if (!receiver.thirdParty() || alerts.isEmpty()) {
      return alerts;
    }
    UserSet unwilling = unwilling(parcel.project(), alerts);
    List<Alert> withheld =
        alerts.stream().filter(alert -> unwilling.contains(alert.userNumber())).toList();
    if (withheld.isEmpty()) {
      return alerts;
    }
    log.withhold(parcel, withheld, REASON, clock.instant());
    meter.attempted(Delivery.State.WITHHELD, withheld.size());
    return alerts.stream().filter(alert -> !unwilling.contains(alert.userNumber())).toList();
  }

  private UserSet unwilling(ProjectId project, List<Alert> alerts) {
    UserSet users = UserSet.of(alerts.stream().mapToLong(Alert::userNumber));
    return consenting.notAllowed(project, Consenting.Purpose.SHARING, users);
  }
}
