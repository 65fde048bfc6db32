package io.tenure.alert.domain.delivery;

import io.tenure.alert.domain.Alert;
import io.tenure.platform.tenancy.ProjectId;

/**
 * Alerts of one sweep that travel together to one receiver. Its content never changes, so that a
 * repeated attempt sends the same bytes under the same id.
 *
 * @param project the project
 * @param ruleId the rule
 * @param batchId the alerts
 * @param receiverId the receiver
 * @param attempts attempts made before
 */
public record Parcel(
    ProjectId project, String ruleId, String batchId, String receiverId, int attempts) {

  /** Id of the delivery, the same for every attempt. */
  public String id() {
    return Alert.digest(project + "\n" + batchId + "\n" + receiverId);
  }
}
