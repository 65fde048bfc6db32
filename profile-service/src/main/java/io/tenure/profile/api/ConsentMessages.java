package io.tenure.profile.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.profile.domain.consent.ConsentEntry;
import io.tenure.profile.domain.consent.ConsentPolicies.Saved;
import io.tenure.profile.domain.consent.ConsentPolicy;
import io.tenure.profile.domain.consent.ConsentSource;
import io.tenure.profile.domain.consent.ConsentState;
import io.tenure.profile.domain.consent.Consents.Decided;
import io.tenure.profile.domain.consent.Consents.State;
import io.tenure.profile.domain.consent.Objections.Answer;
import io.tenure.profile.domain.consent.Purpose;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.proto.consent.v1.ConsentDecision;
import io.tenure.proto.consent.v1.ListObjectionsResponse;
import io.tenure.proto.consent.v1.ObjectionProject;
import io.tenure.proto.consent.v1.PurposeConsent;
import io.tenure.proto.consent.v1.PurposePolicy;
import io.tenure.proto.consent.v1.RecordConsentsRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Consent between the contract and the domain; the constants have the same names. */
final class ConsentMessages {

  private static final int MOST_DECISIONS = 1_000;
  private static final int LONGEST_TEXT = 100;

  private ConsentMessages() {}

  static void check(RecordConsentsRequest request) {
    List<FieldViolation> violations = new ArrayList<>();
    int length = request.getRequestId().length();
    if (length == 0 || length > LONGEST_TEXT) {
      violations.add(new FieldViolation("request_id", "has 1 to " + LONGEST_TEXT + " characters"));
    }
    int count = request.getDecisionsCount();
    if (count == 0 || count > MOST_DECISIONS) {
      violations.add(new FieldViolation("decisions", "takes 1 to " + MOST_DECISIONS));
    } else {
      for (int i = 0; i < count; i++) {
        check(request, i, violations);
      }
    }
    if (!violations.isEmpty()) {
      throw Failure.invalid(violations);
    }
  }

  private static void check(
      RecordConsentsRequest request, int index, List<FieldViolation> violations) {
    ConsentDecision decision = request.getDecisions(index);
    String field = "decisions[" + index + "].";
    if (decision.getLoginId().isEmpty() == decision.getAnonymousId().isEmpty()) {
      violations.add(new FieldViolation(field + "login_id", "or anonymous_id: exactly one is set"));
    }
    if (decision.getLoginId().length() > RequestChecks.MAX_ID_LENGTH
        || decision.getAnonymousId().length() > RequestChecks.MAX_ID_LENGTH) {
      violations.add(
          new FieldViolation(
              field + "login_id", "has up to " + RequestChecks.MAX_ID_LENGTH + " characters"));
    }
    if (purpose(decision.getPurpose()).isEmpty()) {
      violations.add(new FieldViolation(field + "purpose", "is required"));
    }
    if (decision.getStateValue() < 1 || decision.getStateValue() > 2) {
      violations.add(new FieldViolation(field + "state", "is required"));
    }
    if (decision.getTextVersion().length() > LONGEST_TEXT) {
      violations.add(
          new FieldViolation(field + "text_version", "has up to " + LONGEST_TEXT + " characters"));
    }
    if (decision.hasEffectiveTime() && source(request) != ConsentSource.IMPORT) {
      violations.add(new FieldViolation(field + "effective_time", "is for an import"));
    }
  }

  static ConsentSource source(RecordConsentsRequest request) {
    return switch (request.getSource()) {
      case CONSENT_SOURCE_UNSPECIFIED, CONSENT_SOURCE_API -> ConsentSource.API;
      case CONSENT_SOURCE_IMPORT -> ConsentSource.IMPORT;
      case CONSENT_SOURCE_APP, UNRECOGNIZED ->
          throw Failure.invalid("source", "is CONSENT_SOURCE_API or CONSENT_SOURCE_IMPORT");
    };
  }

  static Decided read(ConsentDecision decision, int index) {
    boolean login = !decision.getLoginId().isEmpty();
    return new Decided(
        login ? IdKind.LOGIN : IdKind.DEVICE,
        login ? decision.getLoginId() : decision.getAnonymousId(),
        purpose(decision.getPurpose())
            .orElseThrow(() -> new IllegalArgumentException("The request was not checked")),
        decision.getStateValue() == 1 ? ConsentState.GRANTED : ConsentState.WITHDRAWN,
        decision.getTextVersion(),
        decision.hasEffectiveTime()
            ? Optional.of(
                Times.read("decisions[" + index + "].effective_time", decision.getEffectiveTime()))
            : Optional.empty());
  }

  static Optional<Purpose> purpose(io.tenure.proto.consent.v1.Purpose purpose) {
    return switch (purpose) {
      case PURPOSE_ANALYTICS -> Optional.of(Purpose.ANALYTICS);
      case PURPOSE_PROFILING -> Optional.of(Purpose.PROFILING);
      case PURPOSE_MARKETING -> Optional.of(Purpose.MARKETING);
      case PURPOSE_SHARING -> Optional.of(Purpose.SHARING);
      case PURPOSE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  private static io.tenure.proto.consent.v1.Purpose write(Purpose purpose) {
    return io.tenure.proto.consent.v1.Purpose.valueOf("PURPOSE_" + purpose);
  }

  static io.tenure.proto.consent.v1.ConsentEntry write(ConsentEntry entry) {
    return io.tenure.proto.consent.v1.ConsentEntry.newBuilder()
        .setUserId(entry.id())
        .setUserNumber((int) entry.userNumber())
        .setPurpose(write(entry.purpose()))
        .setState(io.tenure.proto.consent.v1.ConsentState.valueOf("CONSENT_STATE_" + entry.state()))
        .setTextVersion(entry.textVersion())
        .setEffectiveTime(timestamp(entry.effectiveTime()))
        .setRecordTime(timestamp(entry.recordTime()))
        .setSource(
            io.tenure.proto.consent.v1.ConsentSource.valueOf("CONSENT_SOURCE_" + entry.source()))
        .setAuthor(entry.author())
        .build();
  }

  static PurposeConsent write(State state) {
    PurposeConsent.Builder message =
        PurposeConsent.newBuilder()
            .setPurpose(write(state.purpose()))
            .setAllowed(state.standing().allowed())
            .setReason(PurposeConsent.Reason.valueOf("REASON_" + state.standing().reason()));
    state.entry().ifPresent(entry -> message.setEntry(write(entry)));
    return message.build();
  }

  static ConsentPolicy read(io.tenure.proto.consent.v1.ConsentPolicy policy) {
    Map<Purpose, ConsentPolicy.Rule> rules = new EnumMap<>(Purpose.class);
    for (int i = 0; i < policy.getPurposesCount(); i++) {
      PurposePolicy one = policy.getPurposes(i);
      String field = "policy.purposes[" + i + "].purpose";
      Purpose purpose =
          purpose(one.getPurpose()).orElseThrow(() -> Failure.invalid(field, "is required"));
      ConsentPolicy.Rule rule =
          new ConsentPolicy.Rule(
              one.getMissingAllowed(), one.getTextVersion(), one.getCurrentTextOnly());
      if (rules.put(purpose, rule) != null) {
        throw Failure.invalid(field, "stands there twice");
      }
    }
    Map<String, Purpose> categories = new LinkedHashMap<>();
    policy
        .getCategoriesMap()
        .forEach(
            (name, purpose) ->
                categories.put(
                    name,
                    purpose(purpose)
                        .orElseThrow(
                            () -> Failure.invalid("policy.categories", "need a purpose each"))));
    return new ConsentPolicy(rules, categories);
  }

  static io.tenure.proto.consent.v1.ConsentPolicy write(Saved saved) {
    io.tenure.proto.consent.v1.ConsentPolicy.Builder message =
        io.tenure.proto.consent.v1.ConsentPolicy.newBuilder()
            .setEtag(saved.etag())
            .setAuthor(saved.author());
    saved
        .policy()
        .allRules()
        .forEach(
            (purpose, rule) ->
                message.addPurposes(
                    PurposePolicy.newBuilder()
                        .setPurpose(write(purpose))
                        .setMissingAllowed(rule.missingAllowed())
                        .setTextVersion(rule.textVersion())
                        .setCurrentTextOnly(rule.currentTextOnly())));
    saved
        .policy()
        .categories()
        .forEach((name, purpose) -> message.putCategories(name, write(purpose)));
    if (!saved.etag().isEmpty()) {
      message.setUpdateTime(timestamp(saved.updateTime()));
    }
    return message.build();
  }

  /** In messages of a size every client takes. */
  static List<ListObjectionsResponse> write(Answer answer, int chunk) {
    List<ListObjectionsResponse> messages = new ArrayList<>();
    int most = Math.max(answer.added().size(), answer.removed().size());
    for (int start = 0; start == 0 || start < most; start += chunk) {
      messages.add(
          ListObjectionsResponse.newBuilder()
              .setReset(answer.reset() && start == 0)
              .addAllAdded(part(answer.added(), start, chunk))
              .addAllRemoved(part(answer.removed(), start, chunk))
              .addAllProjects(answer.projects().stream().map(ConsentMessages::write).toList())
              .setToken(start + chunk >= most ? answer.token() : "")
              .build());
    }
    return messages;
  }

  private static List<Long> part(List<Long> all, int start, int chunk) {
    int from = Math.min(start, all.size());
    return all.subList(from, Math.min(from + chunk, all.size()));
  }

  private static ObjectionProject write(
      io.tenure.profile.domain.consent.Objections.Project project) {
    return ObjectionProject.newBuilder()
        .setProjectId(project.project().value())
        .setByDevice(project.byDevice())
        .setByKeys(project.byKeys())
        .addAllAnalyticsCategories(project.categories())
        .build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }
}
