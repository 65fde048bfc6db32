package io.tenure.profile.api;

import io.grpc.stub.StreamObserver;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.profile.domain.consent.ConsentEntry;
import io.tenure.profile.domain.consent.Consents;
import io.tenure.profile.domain.consent.Consents.Decided;
import io.tenure.profile.domain.consent.Consents.States;
import io.tenure.profile.domain.consent.Objections;
import io.tenure.profile.domain.consent.Purpose;
import io.tenure.proto.consent.v1.ConsentServiceGrpc.ConsentServiceImplBase;
import io.tenure.proto.consent.v1.FindNotAllowedRequest;
import io.tenure.proto.consent.v1.FindNotAllowedResponse;
import io.tenure.proto.consent.v1.GetConsentPolicyRequest;
import io.tenure.proto.consent.v1.GetConsentPolicyResponse;
import io.tenure.proto.consent.v1.GetConsentsRequest;
import io.tenure.proto.consent.v1.GetConsentsResponse;
import io.tenure.proto.consent.v1.ListConsentEntriesRequest;
import io.tenure.proto.consent.v1.ListConsentEntriesResponse;
import io.tenure.proto.consent.v1.ListObjectionsRequest;
import io.tenure.proto.consent.v1.ListObjectionsResponse;
import io.tenure.proto.consent.v1.RecordConsentsRequest;
import io.tenure.proto.consent.v1.RecordConsentsResponse;
import io.tenure.proto.consent.v1.UpdateConsentPolicyRequest;
import io.tenure.proto.consent.v1.UpdateConsentPolicyResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.grpc.server.service.GrpcService;

/** The door to what people agreed to. */
@GrpcService
public class ConsentGrpcService extends ConsentServiceImplBase {

  private static final int STANDARD_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;
  private static final int MOST_USERS = 10_000;
  private static final int OBJECTIONS_PER_MESSAGE = 50_000;

  private final Consents consents;
  private final Objections objections;

  /** A door to the given use cases. */
  public ConsentGrpcService(Consents consents, Objections objections) {
    this.consents = consents;
    this.objections = objections;
  }

  @Override
  public void recordConsents(
      RecordConsentsRequest request, StreamObserver<RecordConsentsResponse> observer) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    ConsentMessages.check(request);
    List<Decided> decisions = new ArrayList<>();
    for (int i = 0; i < request.getDecisionsCount(); i++) {
      decisions.add(ConsentMessages.read(request.getDecisions(i), i));
    }
    RecordConsentsResponse.Builder response = RecordConsentsResponse.newBuilder();
    consents
        .record(
            caller.project(),
            request.getRequestId(),
            decisions,
            ConsentMessages.source(request),
            caller.subject())
        .forEach(entry -> response.addEntries(ConsentMessages.write(entry)));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void getConsents(
      GetConsentsRequest request, StreamObserver<GetConsentsResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    RequestChecks.checkId(request.getUserId());
    States states = consents.states(caller.project(), request.getUserId());
    observer.onNext(
        GetConsentsResponse.newBuilder()
            .setUserNumber((int) states.userNumber())
            .addAllPurposes(states.purposes().stream().map(ConsentMessages::write).toList())
            .build());
    observer.onCompleted();
  }

  @Override
  public void listConsentEntries(
      ListConsentEntriesRequest request, StreamObserver<ListConsentEntriesResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    RequestChecks.checkId(request.getUserId());
    PageRequest page = PageRequest.of(request, STANDARD_PAGE, LARGEST_PAGE);
    int skip = page.after(parts -> Integer.parseInt(parts.getFirst())).orElse(0);
    List<ConsentEntry> found =
        consents.entries(caller.project(), request.getUserId(), skip, page.oneMore());
    ListConsentEntriesResponse.Builder response = ListConsentEntriesResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            found,
            last -> String.valueOf(skip + page.size()),
            entry -> response.addEntries(ConsentMessages.write(entry))));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  @Override
  public void getConsentPolicy(
      GetConsentPolicyRequest request, StreamObserver<GetConsentPolicyResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    observer.onNext(
        GetConsentPolicyResponse.newBuilder()
            .setPolicy(ConsentMessages.write(consents.policy(caller.project())))
            .build());
    observer.onCompleted();
  }

  @Override
  public void updateConsentPolicy(
      UpdateConsentPolicyRequest request, StreamObserver<UpdateConsentPolicyResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    observer.onNext(
        UpdateConsentPolicyResponse.newBuilder()
            .setPolicy(
                ConsentMessages.write(
                    consents.update(
                        caller.project(),
                        ConsentMessages.read(request.getPolicy()),
                        request.getPolicy().getEtag(),
                        caller.subject())))
            .build());
    observer.onCompleted();
  }

  @Override
  public void findNotAllowed(
      FindNotAllowedRequest request, StreamObserver<FindNotAllowedResponse> observer) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    if (request.getUserNumbersCount() > MOST_USERS) {
      throw Failure.invalid("user_numbers", "takes up to " + MOST_USERS);
    }
    Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
    request
        .getPurposesList()
        .forEach(
            purpose ->
                purposes.add(
                    ConsentMessages.purpose(purpose)
                        .orElseThrow(() -> Failure.invalid("purposes", "must be known"))));
    FindNotAllowedResponse.Builder response = FindNotAllowedResponse.newBuilder();
    consents
        .notAllowed(
            caller.project(),
            purposes,
            request.getUserNumbersList().stream().map(Integer::toUnsignedLong).toList())
        .forEach(number -> response.addUserNumbers(number.intValue()));
    observer.onNext(response.build());
    observer.onCompleted();
  }

  /** Not by the gateway, and it names nobody. */
  @Override
  public void listObjections(
      ListObjectionsRequest request, StreamObserver<ListObjectionsResponse> observer) {
    ConsentMessages.write(objections.since(request.getToken()), OBJECTIONS_PER_MESSAGE)
        .forEach(observer::onNext);
    observer.onCompleted();
  }
}
