package io.tenure.profile.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PageRequest;
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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
    Caller author = CallerContext.requiring(Role.EDITOR);
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
    ComputedTraitDefinition found =
        traits.get(CallerContext.requiring(Role.ANALYST).project(), request.getId());
    answer(
        observer,
        GetComputedTraitResponse.newBuilder()
            .setComputedTrait(ComputedTraitMessages.write(found))
            .build());
  }

  @Override
  public void listComputedTraits(
      ListComputedTraitsRequest request, StreamObserver<ListComputedTraitsResponse> observer) {
    ProjectId project = CallerContext.requiring(Role.ANALYST).project();
    PageRequest page = PageRequest.of(request, STANDARD_PAGE, LARGEST_PAGE);
    List<ComputedTraitDefinition> found = traits.list(project, page.after(), page.oneMore());
    ListComputedTraitsResponse.Builder response = ListComputedTraitsResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            found,
            ComputedTraitDefinition::id,
            one -> response.addComputedTraits(ComputedTraitMessages.write(one))));
    answer(observer, response.build());
  }

  @Override
  public void updateComputedTrait(
      UpdateComputedTraitRequest request, StreamObserver<UpdateComputedTraitResponse> observer) {
    Caller author = CallerContext.requiring(Role.EDITOR);
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
    traits.delete(CallerContext.requiring(Role.EDITOR), request.getId());
    answer(observer, DeleteComputedTraitResponse.getDefaultInstance());
  }

  @Override
  public void startComputation(
      StartComputationRequest request, StreamObserver<StartComputationResponse> observer) {
    Computation started = traits.start(CallerContext.requiring(Role.EDITOR), request.getId());
    answer(
        observer,
        StartComputationResponse.newBuilder()
            .setComputation(ComputedTraitMessages.write(started))
            .build());
  }

  @Override
  public void getComputation(
      GetComputationRequest request, StreamObserver<GetComputationResponse> observer) {
    Computation found =
        traits.computation(CallerContext.requiring(Role.ANALYST).project(), request.getId());
    answer(
        observer,
        GetComputationResponse.newBuilder()
            .setComputation(ComputedTraitMessages.write(found))
            .build());
  }

  @Override
  public void listComputations(
      ListComputationsRequest request, StreamObserver<ListComputationsResponse> observer) {
    ProjectId project = CallerContext.requiring(Role.ANALYST).project();
    PageRequest page = PageRequest.of(request, STANDARD_PAGE, LARGEST_PAGE);
    List<Computation> found =
        traits.computations(project, request.getComputedTraitId(), page.after(), page.oneMore());
    ListComputationsResponse.Builder response = ListComputationsResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            found,
            Computation::id,
            one -> response.addComputations(ComputedTraitMessages.write(one))));
    answer(observer, response.build());
  }

  @Override
  public void evaluateComputedTrait(
      EvaluateComputedTraitRequest request,
      StreamObserver<EvaluateComputedTraitResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
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
    Caller caller = CallerContext.requiring(Role.EDITOR);
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
    trait.events().filters().forEach(filter -> names.add(filter.name()));
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

  private static <T> void answer(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }
}
