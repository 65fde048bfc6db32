package io.tenure.profile.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.computed.Computation;
import io.tenure.profile.domain.computed.ComputedTrait;
import io.tenure.profile.domain.computed.ComputedTraitDefinition;
import io.tenure.profile.domain.computed.ComputedTraits;
import io.tenure.profile.domain.computed.Outcome;
import io.tenure.profile.domain.visibility.Viewing;
import io.tenure.profile.domain.visibility.Visibility;
import io.tenure.proto.profile.v1.ComputedTraitServiceGrpc.ComputedTraitServiceImplBase;
import io.tenure.proto.profile.v1.CreateComputedTraitRequest;
import io.tenure.proto.profile.v1.CreateComputedTraitResponse;
import io.tenure.proto.profile.v1.DeleteComputedTraitRequest;
import io.tenure.proto.profile.v1.DeleteComputedTraitResponse;
import io.tenure.proto.profile.v1.EvaluateComputedTraitRequest;
import io.tenure.proto.profile.v1.EvaluateComputedTraitResponse;
import io.tenure.proto.profile.v1.GetComputationRequest;
import io.tenure.proto.profile.v1.GetComputationResponse;
import io.tenure.proto.profile.v1.GetComputedTraitRequest;
import io.tenure.proto.profile.v1.GetComputedTraitResponse;
import io.tenure.proto.profile.v1.GetComputedValuesRequest;
import io.tenure.proto.profile.v1.GetComputedValuesResponse;
import io.tenure.proto.profile.v1.ListComputationsRequest;
import io.tenure.proto.profile.v1.ListComputationsResponse;
import io.tenure.proto.profile.v1.ListComputedTraitsRequest;
import io.tenure.proto.profile.v1.ListComputedTraitsResponse;
import io.tenure.proto.profile.v1.StartComputationRequest;
import io.tenure.proto.profile.v1.StartComputationResponse;
import io.tenure.proto.profile.v1.UpdateComputedTraitRequest;
import io.tenure.proto.profile.v1.UpdateComputedTraitResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.grpc.server.service.GrpcService;

/** The door to computed traits: analysts read, editors define and look at single users. */
@GrpcService
public final class ComputedTraitGrpcService extends ComputedTraitServiceImplBase {

  private static final int STANDARD_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final ComputedTraits traits;
  private final ProfileDirectory directory;
  private final Viewing viewing;
  private final Clock clock;

  /** A door to the given use cases. */
  public ComputedTraitGrpcService(
      ComputedTraits traits, ProfileDirectory directory, Viewing viewing, Clock clock) {
    this.traits = traits;
    this.directory = directory;
    this.viewing = viewing;
    this.clock = clock;
  }

  @Override
  public void createComputedTrait(
      CreateComputedTraitRequest request, StreamObserver<CreateComputedTraitResponse> observer) {
    Caller author = require(Role.EDITOR);
    ComputedTraitDefinition created =
        traits.create(author, visible(author, request.getComputedTrait()));
    answer(
        observer,
        CreateComputedTraitResponse.newBuilder()
            .setComputedTrait(ComputedTraitMessages.write(created))
            .build());
  }

  @Override
  public void getComputedTrait(
      GetComputedTraitRequest request, StreamObserver<GetComputedTraitResponse> observer) {
    ComputedTraitDefinition found = traits.get(require(Role.ANALYST).project(), request.getId());
    answer(
        observer,
        GetComputedTraitResponse.newBuilder()
            .setComputedTrait(ComputedTraitMessages.write(found))
            .build());
  }

  @Override
  public void listComputedTraits(
      ListComputedTraitsRequest request, StreamObserver<ListComputedTraitsResponse> observer) {
    ProjectId project = require(Role.ANALYST).project();
    int size = size(request.getPageSize());
    List<ComputedTraitDefinition> found =
        traits.list(project, after(request.getPageToken()), size + 1);
    ListComputedTraitsResponse.Builder response = ListComputedTraitsResponse.newBuilder();
    found.stream()
        .limit(size)
        .map(ComputedTraitMessages::write)
        .forEach(response::addComputedTraits);
    if (found.size() > size) {
      response.setNextPageToken(token(found.get(size - 1).id()));
    }
    answer(observer, response.build());
  }

  @Override
  public void updateComputedTrait(
      UpdateComputedTraitRequest request, StreamObserver<UpdateComputedTraitResponse> observer) {
    Caller author = require(Role.EDITOR);
    ComputedTraitDefinition updated =
        traits.update(
            author,
            visible(author, request.getComputedTrait()),
            request.getComputedTrait().getEtag());
    answer(
        observer,
        UpdateComputedTraitResponse.newBuilder()
            .setComputedTrait(ComputedTraitMessages.write(updated))
            .build());
  }

  @Override
  public void deleteComputedTrait(
      DeleteComputedTraitRequest request, StreamObserver<DeleteComputedTraitResponse> observer) {
    traits.delete(require(Role.EDITOR), request.getId());
    answer(observer, DeleteComputedTraitResponse.getDefaultInstance());
  }

  @Override
  public void startComputation(
      StartComputationRequest request, StreamObserver<StartComputationResponse> observer) {
    Computation started = traits.start(require(Role.EDITOR), request.getId());
    answer(
        observer,
        StartComputationResponse.newBuilder()
            .setComputation(ComputedTraitMessages.write(started))
            .build());
  }

  @Override
  public void getComputation(
      GetComputationRequest request, StreamObserver<GetComputationResponse> observer) {
    Computation found = traits.computation(require(Role.ANALYST).project(), request.getId());
    answer(
        observer,
        GetComputationResponse.newBuilder()
            .setComputation(ComputedTraitMessages.write(found))
            .build());
  }

  @Override
  public void listComputations(
      ListComputationsRequest request, StreamObserver<ListComputationsResponse> observer) {
    ProjectId project = require(Role.ANALYST).project();
    int size = size(request.getPageSize());
    List<Computation> found =
        traits.computations(
            project, request.getComputedTraitId(), after(request.getPageToken()), size + 1);
    ListComputationsResponse.Builder response = ListComputationsResponse.newBuilder();
    found.stream().limit(size).map(ComputedTraitMessages::write).forEach(response::addComputations);
    if (found.size() > size) {
      response.setNextPageToken(token(found.get(size - 1).id()));
    }
    answer(observer, response.build());
  }

  @Override
  public void evaluateComputedTrait(
      EvaluateComputedTraitRequest request,
      StreamObserver<EvaluateComputedTraitResponse> observer) {
    Caller caller = require(Role.EDITOR);
    ProjectId project = caller.project();
    ComputedTrait trait = visible(caller, request.getComputedTrait());
    long user = user(project, request.getUserId());
    Outcome outcome =
        traits.evaluate(
            project, trait, user, time(request.hasAsOfTime() ? request.getAsOfTime() : null));
    EvaluateComputedTraitResponse.Builder response =
        EvaluateComputedTraitResponse.newBuilder()
            .setTraits(ComputedTraitMessages.write(outcome.traits()));
    if (outcome.lack() != null) {
      response.setUnknownReason(outcome.lack().name());
    }
    answer(observer, response.build());
  }

  @Override
  public void getComputedValues(
      GetComputedValuesRequest request, StreamObserver<GetComputedValuesResponse> observer) {
    Caller caller = require(Role.EDITOR);
    ProjectId project = caller.project();
    long user = user(project, request.getUserId());
    Instant time = time(request.hasAsOfTime() ? request.getAsOfTime() : null);
    Visibility visibility = viewing.of(caller);
    Map<String, TraitValue> values = new TreeMap<>(traits.values(project, user, time));
    values.keySet().removeIf(name -> !visibility.shows(name));
    answer(
        observer,
        GetComputedValuesResponse.newBuilder()
            .setTraits(ComputedTraitMessages.write(values))
            .build());
  }

  /** Whoever may not see a property may not learn its value by computing with it either. */
  private ComputedTrait visible(Caller caller, io.tenure.proto.profile.v1.ComputedTrait message) {
    ComputedTrait trait = ComputedTraitReader.read(message);
    List<String> names = new ArrayList<>(trait.traits());
    names.add(trait.property());
    trait.events().filters().forEach(filter -> names.add(filter.property()));
    message.getRulesList().forEach(rule -> names.addAll(ConditionNames.of(rule.getCondition())));
    viewing.of(caller).require(names);
    return trait;
  }

  private long user(ProjectId project, String id) {
    if (id.isEmpty() || id.length() > RequestChecks.MAX_ID_LENGTH) {
      throw Failure.invalid("user_id", "has 1 to " + RequestChecks.MAX_ID_LENGTH + " characters");
    }
    return directory
        .find(project, List.of(id))
        .getFirst()
        .map(Profile::user)
        .orElseThrow(() -> Failure.notFound("profile", id))
        .number();
  }

  private Instant time(@Nullable Timestamp time) {
    if (time == null) {
      return clock.instant();
    }
    if (!Timestamps.isValid(time) || time.getSeconds() < 0) {
      throw Failure.invalid("as_of_time", "is no time since 1970");
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private static int size(int given) {
    if (given < 0 || given > LARGEST_PAGE) {
      throw Failure.invalid("page_size", "must be 1 to 1000, or 0 for 100");
    }
    return given == 0 ? STANDARD_PAGE : given;
  }

  private static String token(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static String after(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Failure.invalid("page_token", "is not one this service gave out");
    }
  }

  private static Caller require(Role role) {
    Caller caller = CallerContext.current();
    if (caller.role().compareTo(role) < 0) {
      throw Failure.of(
          Reason.PERMISSION_DENIED,
          "Needs the role " + role.name().toLowerCase(java.util.Locale.ROOT));
    }
    return caller;
  }

  private static <T> void answer(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }
}
