package io.tenure.alert.client;

import com.google.protobuf.Value;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.alert.domain.UserSet;
import io.tenure.alert.domain.sweep.People;
import io.tenure.alert.domain.sweep.Person;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.profile.v1.BatchGetProfilesRequest;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.ProfileServiceGrpc.ProfileServiceBlockingStub;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the profile service who users are. */
public final class ProfilePeople implements People {

  private static final int MOST_IDS = 1000;
  private static final int LARGEST_REPLY = 64 << 20;

  private final ProfileServiceBlockingStub profiles;

  /** People behind this channel. */
  public ProfilePeople(Channel channel) {
    this.profiles =
        ProfileServiceGrpc.newBlockingStub(channel).withMaxInboundMessageSize(LARGEST_REPLY);
  }

  @Override
  public Map<Long, Person> find(ProjectId project, UserSet users) {
    Map<Long, Person> people = new HashMap<>();
    for (UserSet chunk : users.chunks(MOST_IDS)) {
      for (Profile profile : ask(project, chunk)) {
        people.put(Integer.toUnsignedLong(profile.getUserNumber()), person(profile));
      }
    }
    return people;
  }

  private List<Profile> ask(ProjectId project, UserSet users) {
    BatchGetProfilesRequest.Builder request = BatchGetProfilesRequest.newBuilder();
    users.stream().forEach(user -> request.addIds("user_number:" + user));
    try {
      return CallerContext.as(
          Caller.service(project, "alert-service"),
          () -> profiles.batchGetProfiles(request.build()).getProfilesList());
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
  }

  private static Person person(Profile profile) {
    Map<String, String> traits = new HashMap<>();
    profile.getTraits().getFieldsMap().forEach((name, value) -> traits.put(name, text(value)));
    Instant lastSeen =
        profile.hasLastSeenTime()
            ? Instant.ofEpochSecond(
                profile.getLastSeenTime().getSeconds(), profile.getLastSeenTime().getNanos())
            : null;
    return new Person(profile.getLoginId(), lastSeen, traits);
  }

  private static String text(Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> value.getStringValue();
      case NUMBER_VALUE ->
          new BigDecimal(Double.toString(value.getNumberValue()))
              .stripTrailingZeros()
              .toPlainString();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case LIST_VALUE ->
          value.getListValue().getValuesList().stream()
              .map(ProfilePeople::text)
              .collect(Collectors.joining(", "));
      case STRUCT_VALUE -> "an object";
      case NULL_VALUE, KIND_NOT_SET -> "nothing";
    };
  }
}
