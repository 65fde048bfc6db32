package io.tenure.alert.domain.delivery;

import io.tenure.alert.domain.Alert;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Alerts of one sweep that travel together to one receiver.
 *
 * @param project the project
 * @param ruleId the rule
 * @param batchId the alerts
 * @param receiverId the receiver
 * @param attempts attempts made before
 */
public record Parcel(
    ProjectId project, String ruleId, String batchId, String receiverId, int attempts) {

  /**
   * Id of the delivery of these alerts. It is made from what is sent: a repeated attempt has the
   * same id and the same bytes, and one from which somebody was withheld meanwhile has another.
   */
  public String id(List<Alert> alerts) {
    String content = alerts.stream().map(Alert::id).collect(Collectors.joining("\n"));
    return Alert.digest(project + "\n" + batchId + "\n" + receiverId + "\n" + content);
  }
}
