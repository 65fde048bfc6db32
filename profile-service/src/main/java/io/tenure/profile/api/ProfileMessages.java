package io.tenure.profile.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.Refusal;
import io.tenure.profile.domain.TraitChange;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.consent.ConsentedUpdate;
import io.tenure.profile.domain.consent.Statement;
import io.tenure.profile.domain.visibility.Visibility;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Translates between the contract's messages and the domain's values. */
final class ProfileMessages {

  private ProfileMessages() {}

  /** A checked record as an update. */
  static ProfileUpdate read(ProfileRecord record) {
    return new ProfileUpdate(
        record.getLogOffset(),
        new ProjectId(record.getProjectId()),
        new Identifiers(
            record.getLoginId(), record.getAnonymousId(), link(record), identities(record)),
        Instant.ofEpochMilli(Timestamps.toMillis(record.getEventTime())),
        record.getEventName(),
        record.getChangesList().stream().map(ProfileMessages::read).toList());
  }

  private static List<KeyedId> identities(ProfileRecord record) {
    return record.getIdentitiesCount() == 0
        ? List.of()
        : record.getIdentitiesList().stream()
            .map(id -> new KeyedId(id.getKey(), id.getValue()))
            .distinct()
            .toList();
  }

  static io.tenure.proto.profile.v1.KeyedId write(KeyedId id) {
    return io.tenure.proto.profile.v1.KeyedId.newBuilder()
        .setKey(id.key())
        .setValue(id.value())
        .build();
  }

  /**
   * A checked record with what consent needs to know.
   *
   * @param now when it came in, if it does not say
   */
  static ConsentedUpdate read(ProfileRecord record, Instant now) {
    return new ConsentedUpdate(
        read(record),
        record.hasReceiveTime()
            ? Instant.ofEpochMilli(Timestamps.toMillis(record.getReceiveTime()))
            : now,
        record.getConsentsList().stream()
            .map(
                consent ->
                    new Statement(
                        consent.getCategory(),
                        consent.getGranted(),
                        consent.getTextVersion(),
                        consent.getDecision()))
            .toList());
  }

  private static Link link(ProfileRecord record) {
    if (record.getUnbind()) {
      return Link.UNBIND;
    }
    return record.getBind() ? Link.BIND : Link.NONE;
  }

  /** A profile as a caller may see it. */
  static io.tenure.proto.profile.v1.Profile write(Profile profile, Visibility visibility) {
    io.tenure.proto.profile.v1.Profile.Builder message =
        io.tenure.proto.profile.v1.Profile.newBuilder()
            .setUserNumber((int) profile.user().number())
            .setLoginId(profile.loginId())
            .addAllAnonymousIds(profile.anonymousIds())
            .addAllOtherLoginIds(profile.merging().otherLoginIds())
            .addAllMergedUsers(MergeMessages.write(profile))
            .setEventCount(profile.eventCount())
            .setUpdateTime(timestamp(profile.updateTime()));
    profile.identities().forEach(id -> message.addIdentities(write(id)));
    Struct.Builder traits = message.getTraitsBuilder();
    profile
        .traits()
        .forEach(
            (name, value) -> {
              if (visibility.shows(name)) {
                traits.putFields(name, struct(value));
              } else {
                message.addMaskedTraits(name);
              }
            });
    @Nullable Instant first = profile.firstSeenTime();
    @Nullable Instant last = profile.lastSeenTime();
    if (first != null && last != null) {
      message.setFirstSeenTime(timestamp(first)).setLastSeenTime(timestamp(last));
    }
    return message.build();
  }

  /** A profile as a caller asked to see it. */
  static io.tenure.proto.profile.v1.Profile write(
      Profile profile, Visibility visibility, ProfileView view) {
    io.tenure.proto.profile.v1.Profile message = write(profile, visibility);
    return view == ProfileView.PROFILE_VIEW_FULL
        ? message.toBuilder()
            .setActivity(ActivityMessages.write(profile.activity(), visibility))
            .build()
        : message;
  }

  private static TraitChange read(io.tenure.proto.profile.v1.TraitChange change) {
    String name = change.getName();
    return switch (change.getOperation()) {
      case OPERATION_SET -> with(change, value -> new TraitChange.Set(name, value));
      case OPERATION_SET_ONCE -> with(change, value -> new TraitChange.SetOnce(name, value));
      case OPERATION_INCREMENT -> with(change, value -> new TraitChange.Increment(name, value));
      case OPERATION_APPEND -> with(change, value -> new TraitChange.Append(name, value));
      case OPERATION_UNSET -> new TraitChange.Unset(name);
      case OPERATION_DELETE -> new TraitChange.Delete();
      case OPERATION_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("The request was not checked");
    };
  }

  private static TraitChange with(
      io.tenure.proto.profile.v1.TraitChange change, Function<TraitValue, TraitChange> make) {
    try {
      return make.apply(value(Json.read(change.getJsonValue())));
    } catch (JacksonException malformed) {
      return new TraitChange.Unusable(Refusal.VALUE_MALFORMED);
    }
  }

  /** Equal values get equal texts: compact, and numbers in plain form. */
  private static TraitValue value(JsonNode node) {
    if (node.isNumber()) {
      return TraitValue.of(node.decimalValue()).orElseGet(() -> new TraitValue(node.toString()));
    }
    if (node.isArray()) {
      List<TraitValue> elements = new ArrayList<>(node.size());
      node.forEach(element -> elements.add(value(element)));
      return TraitValue.list(elements);
    }
    if (node.isMissingNode()) {
      return TraitValue.NULL;
    }
    return new TraitValue(Json.write(node));
  }

  static Value struct(TraitValue value) {
    Value.Builder message = Value.newBuilder();
    try {
      JsonFormat.parser().merge(value.json(), message);
    } catch (InvalidProtocolBufferException outOfRange) {
      message.setStringValue(value.json());
    }
    return message.build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }
}
