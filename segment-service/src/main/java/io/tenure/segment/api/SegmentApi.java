package io.tenure.segment.api;

import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.ConditionWriter;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.Condition;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.segment.v1.ComputeSegmentRequest;
import io.tenure.proto.segment.v1.ComputeSegmentResponse;
import io.tenure.proto.segment.v1.CreateSegmentFromAnalysisRequest;
import io.tenure.proto.segment.v1.CreateSegmentFromAnalysisResponse;
import io.tenure.proto.segment.v1.CreateSegmentRequest;
import io.tenure.proto.segment.v1.CreateSegmentResponse;
import io.tenure.proto.segment.v1.DeleteSegmentRequest;
import io.tenure.proto.segment.v1.DeleteSegmentResponse;
import io.tenure.proto.segment.v1.EvaluateRequest;
import io.tenure.proto.segment.v1.EvaluateResponse;
import io.tenure.proto.segment.v1.GetSegmentRequest;
import io.tenure.proto.segment.v1.GetSegmentResponse;
import io.tenure.proto.segment.v1.ListMembersRequest;
import io.tenure.proto.segment.v1.ListMembersResponse;
import io.tenure.proto.segment.v1.ListMembershipsRequest;
import io.tenure.proto.segment.v1.ListMembershipsResponse;
import io.tenure.proto.segment.v1.ListSegmentsRequest;
import io.tenure.proto.segment.v1.ListSegmentsResponse;
import io.tenure.proto.segment.v1.SegmentServiceGrpc.SegmentServiceImplBase;
import io.tenure.proto.segment.v1.UpdateSegmentRequest;
import io.tenure.proto.segment.v1.UpdateSegmentResponse;
import io.tenure.segment.domain.analysis.Analyses;
import io.tenure.segment.domain.segment.Audiences;
import io.tenure.segment.domain.segment.Member;
import io.tenure.segment.domain.segment.Segment;
import io.tenure.segment.domain.segment.SegmentDraft;
import io.tenure.segment.domain.segment.Segments;
import io.tenure.segment.domain.segment.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.grpc.server.service.GrpcService;

/** The door to segments and to conditions on their own. */
@GrpcService
public final class SegmentApi extends SegmentServiceImplBase {

  private final Segments segments;
  private final Audiences audiences;
  private final ModelDoors doors;
  private final Analyses analyses;
  private final Clock clock;

  /** A door to the given use cases. */
  public SegmentApi(
      Segments segments, Audiences audiences, ModelDoors doors, Analyses analyses, Clock clock) {
    this.segments = segments;
    this.audiences = audiences;
    this.doors = doors;
    this.analyses = analyses;
    this.clock = clock;
  }

  @Override
  public void createSegment(
      CreateSegmentRequest request, StreamObserver<CreateSegmentResponse> observer) {
    Caller author = Access.editor();
    Segment segment =
        segments.create(author, draft(request.getSegment(), condition(request.getSegment())));
    answer(observer, CreateSegmentResponse.newBuilder().setSegment(write(segment)).build());
  }

  @Override
  public void createSegmentFromAnalysis(
      CreateSegmentFromAnalysisRequest request,
      StreamObserver<CreateSegmentFromAnalysisResponse> observer) {
    Caller author = Access.editor();
    if (request.getSegment().hasCondition()) {
      throw Failure.invalid("segment.condition", "must not be set: the number says who belongs");
    }
    SegmentDraft draft = draft(request.getSegment(), null);
    long[] members =
        doors
            .read(author.project(), request.getQuery())
            .users(analyses, Runs.waitedFor(), author.project(), request.getCell());
    Segment segment = segments.create(author, draft, members);
    answer(
        observer,
        CreateSegmentFromAnalysisResponse.newBuilder().setSegment(write(segment)).build());
  }

  @Override
  public void getSegment(GetSegmentRequest request, StreamObserver<GetSegmentResponse> observer) {
    Segment segment = segments.get(Access.reader(), request.getId());
    answer(observer, GetSegmentResponse.newBuilder().setSegment(write(segment)).build());
  }

  @Override
  public void listSegments(
      ListSegmentsRequest request, StreamObserver<ListSegmentsResponse> observer) {
    ProjectId project = Access.reader();
    PageRequest page = PageRequest.of(request, 100, 1000);
    List<Segment> found = segments.list(project, page.after(), page.oneMore());
    ListSegmentsResponse.Builder response = ListSegmentsResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            found,
            segment -> segment.definition().id(),
            segment -> response.addSegments(write(segment))));
    answer(observer, response.build());
  }

  @Override
  public void updateSegment(
      UpdateSegmentRequest request, StreamObserver<UpdateSegmentResponse> observer) {
    Caller author = Access.editor();
    Segment segment =
        segments.update(
            author,
            draft(
                request.getSegment(),
                request.getSegment().hasCondition() ? condition(request.getSegment()) : null),
            request.getSegment().getEtag());
    answer(observer, UpdateSegmentResponse.newBuilder().setSegment(write(segment)).build());
  }

  @Override
  public void deleteSegment(
      DeleteSegmentRequest request, StreamObserver<DeleteSegmentResponse> observer) {
    segments.delete(Access.editor(), request.getId());
    answer(observer, DeleteSegmentResponse.getDefaultInstance());
  }

  @Override
  public void computeSegment(
      ComputeSegmentRequest request, StreamObserver<ComputeSegmentResponse> observer) {
    Segment segment = segments.compute(Access.editor().project(), request.getId());
    answer(observer, ComputeSegmentResponse.newBuilder().setSegment(write(segment)).build());
  }

  @Override
  public void listMembers(
      ListMembersRequest request, StreamObserver<ListMembersResponse> observer) {
    ProjectId project = Access.reader();
    PageRequest page = PageRequest.of(request, 100, 10_000);
    long after = page.after(parts -> Long.valueOf(parts.getFirst())).orElse(-1L);
    Snapshot snapshot = segments.get(project, request.getId()).snapshot();
    List<Member> found = segments.members(project, request.getId(), after, page.oneMore());
    ListMembersResponse.Builder response =
        ListMembersResponse.newBuilder().setTotalSize(snapshot == null ? 0 : snapshot.members());
    response.setNextPageToken(
        page.fill(
            found,
            member -> Long.toString(member.userNumber()),
            member ->
                response
                    .addMembersBuilder()
                    .setUserNumber((int) member.userNumber())
                    .setLoginId(member.loginId())));
    answer(observer, response.build());
  }

  @Override
  public void listMemberships(
      ListMembershipsRequest request, StreamObserver<ListMembershipsResponse> observer) {
    long user = Integer.toUnsignedLong(request.getUserNumber());
    List<String> ids = segments.segmentsOf(Access.anybody(), user);
    answer(observer, ListMembershipsResponse.newBuilder().addAllSegmentIds(ids).build());
  }

  @Override
  public void evaluate(EvaluateRequest request, StreamObserver<EvaluateResponse> observer) {
    ProjectId project = Access.reader();
    if (!request.hasCondition()) {
      throw Failure.invalid("condition", "is required");
    }
    Condition condition = ConditionReader.read("condition", request.getCondition());
    Instant asOf =
        request.hasAsOfTime()
            ? Fields.instant("as_of_time", request.getAsOfTime())
            : clock.instant();
    EvaluateResponse.Builder response = EvaluateResponse.newBuilder();
    if (request.getCountOnly()) {
      response.setTotalSize(audiences.count(project, condition, asOf));
    } else {
      long[] users = audiences.users(project, condition, asOf);
      for (long user : users) {
        response.addUserNumbers((int) user);
      }
      response.setTotalSize(users.length);
    }
    answer(observer, response.build());
  }

  private static Condition condition(io.tenure.proto.segment.v1.Segment segment) {
    if (!segment.hasCondition()) {
      throw Failure.invalid("segment.condition", "is required");
    }
    return ConditionReader.read("segment.condition", segment.getCondition());
  }

  private static SegmentDraft draft(
      io.tenure.proto.segment.v1.Segment segment, @Nullable Condition condition) {
    return Fields.at(
        "segment",
        () ->
            new SegmentDraft(
                segment.getId(), segment.getDisplayName(), segment.getDescription(), condition));
  }

  private static io.tenure.proto.segment.v1.Segment write(Segment segment) {
    SegmentDraft draft = segment.definition().draft();
    var message =
        io.tenure.proto.segment.v1.Segment.newBuilder()
            .setId(draft.id())
            .setDisplayName(draft.displayName())
            .setDescription(draft.description())
            .setFixedMembers(draft.fixed())
            .setCreateTime(Fields.timestamp(segment.definition().createTime()))
            .setUpdateTime(Fields.timestamp(segment.definition().updateTime()))
            .setEtag(segment.definition().etag());
    if (draft.condition() != null) {
      message.setCondition(ConditionWriter.write(draft.condition()));
    }
    Snapshot snapshot = segment.snapshot();
    if (snapshot != null) {
      message.setSnapshot(
          io.tenure.proto.segment.v1.Snapshot.newBuilder()
              .setAsOfTime(Fields.timestamp(snapshot.asOfTime()))
              .setMembers(snapshot.members()));
    }
    return message.build();
  }

  private static <T> void answer(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }
}
