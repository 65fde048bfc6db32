package io.tenure.alert.domain.sweep;

import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.UserSet;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;

/** Takes the alerts. An alert written again changes nothing. */
public interface AlertLog {

  /** Users the rule has alerts for between two instants, both excluded. */
  UserSet alerted(ProjectId project, String ruleId, Instant after, Instant before);

  /** Writes alerts, all or none, together with the order to deliver them. */
  void append(ProjectId project, List<Alert> alerts, List<String> receiverIds, Instant raiseTime);
}
