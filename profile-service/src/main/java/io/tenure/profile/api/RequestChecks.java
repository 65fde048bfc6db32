package io.tenure.profile.api;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.KeyedId;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.BatchGetProfilesRequest;
import io.tenure.proto.profile.v1.ExplainIdentityRequest;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileView;
import io.tenure.proto.profile.v1.TraitChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The limits of the contract; whatever breaks one is named in the refusal. */
final class RequestChecks {

  static final int MAX_IDS = 1_000;
  static final int MAX_RECORDS = 10_000;
  static final int MAX_ID_LENGTH = 1_024;
  static final int MAX_NAME_LENGTH = 256;

  private static final int MAX_VIOLATIONS = 20;
  private static final int MAX_LOG_ID_LENGTH = 128;

  /** 2262-01-01; later times are no longer exact in the event store. */
  private static final long LATEST_SECOND = 9_214_646_400L;

  private RequestChecks() {}

  static void check(GetProfileRequest request) {
    checkId(request.getId());
    if (request.hasAsOfTime() && request.getView() == ProfileView.PROFILE_VIEW_FULL) {
      throw Failure.invalid("view", "does not go with as_of_time");
    }
  }

  static void checkId(String id) {
    checkId("id", id);
  }

  static void checkId(String field, String id) {
    refuse(id(field, id).stream().toList());
  }

  static void check(BatchGetProfilesRequest request) {
    List<FieldViolation> violations = new ArrayList<>();
    int count = request.getIdsCount();
    if (count == 0 || count > MAX_IDS) {
      violations.add(new FieldViolation("ids", "takes 1 to " + MAX_IDS + ", got " + count));
    } else {
      for (int i = 0; i < count; i++) {
        id("ids[" + i + "]", request.getIds(i)).ifPresent(violations::add);
      }
    }
    refuse(violations);
  }

  static void check(ApplyRequest request) {
    List<FieldViolation> violations = new ArrayList<>();
    if (request.getLogId().isEmpty() || request.getLogId().length() > MAX_LOG_ID_LENGTH) {
      violations.add(new FieldViolation("log_id", "has 1 to " + MAX_LOG_ID_LENGTH + " characters"));
    }
    if (request.getRecordsCount() > MAX_RECORDS) {
      violations.add(
          new FieldViolation(
              "records", "takes up to " + MAX_RECORDS + ", got " + request.getRecordsCount()));
      refuse(violations);
    }
    long last = -1;
    for (int i = 0; i < request.getRecordsCount() && violations.size() < MAX_VIOLATIONS; i++) {
      ProfileRecord record = request.getRecords(i);
      String field = "records[" + i + "].";
      if (record.getLogOffset() <= last) {
        violations.add(
            new FieldViolation(
                field + "log_offset", "must be 0 or more and above the offset before it"));
      }
      last = Math.max(last, record.getLogOffset());
      check(record, field, violations);
    }
    refuse(violations);
  }

  static void check(ExplainIdentityRequest request) {
    boolean login = !request.getLoginId().isEmpty();
    boolean device = !request.getAnonymousId().isEmpty();
    boolean keyed = !request.getIdentity().isEmpty();
    List<FieldViolation> violations = new ArrayList<>();
    if ((login ? 1 : 0) + (device ? 1 : 0) + (keyed ? 1 : 0) != 1) {
      violations.add(
          new FieldViolation(
              "login_id", "exactly one of a login id, a device id and an identity is required"));
    }
    if (keyed && !KeyedId.isText(request.getIdentity())) {
      violations.add(new FieldViolation("identity", "is written as KEY:VALUE"));
    }
    tooLong("identity", request.getIdentity()).ifPresent(violations::add);
    tooLong("login_id", request.getLoginId()).ifPresent(violations::add);
    tooLong("anonymous_id", request.getAnonymousId()).ifPresent(violations::add);
    refuse(violations);
  }

  /** Of any length: what the plan does not declare is never kept. */
  private static void check(
      io.tenure.proto.profile.v1.KeyedId id, String field, List<FieldViolation> violations) {
    if (id.getKey().isEmpty() || id.getKey().indexOf(':') >= 0) {
      violations.add(new FieldViolation(field + "key", "is required, without a colon"));
    }
    if (id.getValue().isEmpty()) {
      violations.add(new FieldViolation(field + "value", "is required"));
    }
  }

  private static void check(ProfileRecord record, String field, List<FieldViolation> violations) {
    if (!ProjectId.isValid(record.getProjectId())) {
      violations.add(new FieldViolation(field + "project_id", "is no project id"));
    }
    if (record.getLoginId().isEmpty() && record.getAnonymousId().isEmpty()) {
      violations.add(
          new FieldViolation(field + "login_id", "a login id or a device id is required"));
    }
    for (int i = 0; i < record.getIdentitiesCount(); i++) {
      check(record.getIdentities(i), field + "identities[" + i + "].", violations);
    }
    boolean both = !record.getLoginId().isEmpty() && !record.getAnonymousId().isEmpty();
    if (record.getUnbind() && (both || record.getBind())) {
      violations.add(new FieldViolation(field + "unbind", "takes one id, and not with 'bind'"));
    }
    tooLong(field + "login_id", record.getLoginId()).ifPresent(violations::add);
    tooLong(field + "anonymous_id", record.getAnonymousId()).ifPresent(violations::add);
    long seconds = record.getEventTime().getSeconds();
    if (!record.hasEventTime() || seconds < 0 || seconds >= LATEST_SECOND) {
      violations.add(new FieldViolation(field + "event_time", "is between 1970 and 2261"));
    }
    for (int i = 0; i < record.getChangesCount(); i++) {
      check(record.getChanges(i), field + "changes[" + i + "].", violations);
    }
  }

  private static void check(TraitChange change, String field, List<FieldViolation> violations) {
    switch (change.getOperation()) {
      case OPERATION_DELETE -> {}
      case OPERATION_SET,
          OPERATION_SET_ONCE,
          OPERATION_INCREMENT,
          OPERATION_APPEND,
          OPERATION_UNSET -> {
        if (change.getName().isEmpty() || change.getName().length() > MAX_NAME_LENGTH) {
          violations.add(
              new FieldViolation(field + "name", "has 1 to " + MAX_NAME_LENGTH + " characters"));
        }
      }
      case OPERATION_UNSPECIFIED, UNRECOGNIZED ->
          violations.add(new FieldViolation(field + "operation", "is required"));
    }
  }

  private static Optional<FieldViolation> id(String field, String id) {
    if (id.isEmpty()) {
      return Optional.of(new FieldViolation(field, "is required"));
    }
    return tooLong(field, id);
  }

  private static Optional<FieldViolation> tooLong(String field, String id) {
    return id.length() <= MAX_ID_LENGTH
        ? Optional.empty()
        : Optional.of(new FieldViolation(field, "has at most " + MAX_ID_LENGTH + " characters"));
  }

  private static void refuse(List<FieldViolation> violations) {
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations.subList(0, Math.min(MAX_VIOLATIONS, violations.size())));
    }
  }
}
