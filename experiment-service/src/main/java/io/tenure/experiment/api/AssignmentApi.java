package io.tenure.experiment.api;

import static io.tenure.experiment.api.Replies.reply;

import com.google.protobuf.Struct;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.serving.Assigner;
import io.tenure.experiment.domain.serving.Assigners;
import io.tenure.experiment.domain.serving.Assignment;
import io.tenure.experiment.domain.warehouse.AllocationSql;
import io.tenure.experiment.domain.warehouse.UnitColumn;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.experiment.v1.AssignBatchRequest;
import io.tenure.proto.experiment.v1.AssignBatchResponse;
import io.tenure.proto.experiment.v1.AssignRequest;
import io.tenure.proto.experiment.v1.AssignResponse;
import io.tenure.proto.experiment.v1.AssignmentOutcome;
import io.tenure.proto.experiment.v1.AssignmentServiceGrpc;
import io.tenure.proto.experiment.v1.AssignmentSubject;
import io.tenure.proto.experiment.v1.GetAllocationSqlRequest;
import io.tenure.proto.experiment.v1.GetAllocationSqlResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.grpc.server.service.GrpcService;

/** The gRPC door of assignments. */
@GrpcService
public class AssignmentApi extends AssignmentServiceGrpc.AssignmentServiceImplBase {

  private static final int MOST_SUBJECTS = 10_000;

  /** So many are looked up at a time when an audience asks for what is stored. */
  private static final int SLICES = 16;

  private static final int LONGEST_TARGETING_KEY = 1_024;

  private final Assigners assigners;

  AssignmentApi(Assigners assigners) {
    this.assigners = assigners;
  }

  @Override
  public void assign(AssignRequest request, StreamObserver<AssignResponse> observer) {
    Assigner assigner = assigner(request.getKey());
    Assignment assigned =
        assigner.assign(
            candidate("targeting_key", request.getTargetingKey(), request.getContext()));
    reply(
        observer,
        AssignResponse.newBuilder()
            .setAssignment(AssignmentMessages.write(assigned))
            .setPhase(assigner.tested().phase())
            .setUnitType(SplitMessages.unit(assigner.tested().unit()))
            .build());
  }

  @Override
  public void assignBatch(
      AssignBatchRequest request, StreamObserver<AssignBatchResponse> observer) {
    Assigner assigner = assigner(request.getKey());
    int count = request.getSubjectsCount();
    if (count == 0 || count > MOST_SUBJECTS) {
      throw Failure.invalid("subjects", "1 to 10000 subjects");
    }
    reply(
        observer,
        AssignBatchResponse.newBuilder()
            .addAllOutcomes(outcomes(assigner, request.getSubjectsList()))
            .setPhase(assigner.tested().phase())
            .setUnitType(SplitMessages.unit(assigner.tested().unit()))
            .setAssignTime(Fields.timestamp(assigner.now()))
            .build());
  }

  @Override
  public void getAllocationSql(
      GetAllocationSqlRequest request, StreamObserver<GetAllocationSqlResponse> observer) {
    Assigner assigner = assigner(request.getKey());
    AllocationSql sql =
        AllocationSql.of(
            assigner.tested(), new UnitColumn(request.getUnitColumn()), assigner.now());
    reply(
        observer,
        GetAllocationSqlResponse.newBuilder()
            .setAllocation(AssignmentMessages.write(sql, assigner))
            .setPhase(assigner.tested().phase())
            .setUnitType(SplitMessages.unit(assigner.tested().unit()))
            .build());
  }

  private Assigner assigner(String key) {
    return assigners.of(CallerContext.requiring(Role.ANALYST).project(), key);
  }

  private static List<AssignmentOutcome> outcomes(
      Assigner assigner, List<AssignmentSubject> subjects) {
    int size = Math.ceilDiv(subjects.size(), SLICES);
    List<Future<List<AssignmentOutcome>>> slices = new ArrayList<>();
    List<AssignmentOutcome> outcomes = new ArrayList<>(subjects.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int from = 0; from < subjects.size(); from += size) {
        int first = from;
        List<AssignmentSubject> slice =
            subjects.subList(from, Math.min(from + size, subjects.size()));
        Callable<List<AssignmentOutcome>> work = () -> slice(assigner, slice, first);
        slices.add(threads.submit(Context.current().wrap(work)));
      }
      for (Future<List<AssignmentOutcome>> slice : slices) {
        outcomes.addAll(slice.get());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
    return outcomes;
  }

  private static List<AssignmentOutcome> slice(
      Assigner assigner, List<AssignmentSubject> subjects, int first) {
    AssignmentOutcome[] outcomes = new AssignmentOutcome[subjects.size()];
    List<Assigner.Candidate> candidates = new ArrayList<>(subjects.size());
    List<Integer> places = new ArrayList<>(subjects.size());
    for (int i = 0; i < subjects.size(); i++) {
      AssignmentSubject subject = subjects.get(i);
      String field = "subjects[" + (first + i) + "].targeting_key";
      try {
        candidates.add(candidate(field, subject.getTargetingKey(), subject.getContext()));
        places.add(i);
      } catch (Failure failure) {
        outcomes[i] = AssignmentOutcome.newBuilder().setError(failure.text()).build();
      }
    }
    List<Assignment> assigned = assigner.assign(candidates);
    for (int i = 0; i < assigned.size(); i++) {
      outcomes[places.get(i)] =
          AssignmentOutcome.newBuilder()
              .setAssignment(AssignmentMessages.write(assigned.get(i)))
              .build();
    }
    return List.of(outcomes);
  }

  private static Assigner.Candidate candidate(String field, String key, Struct context) {
    if (key.isEmpty() || key.length() > LONGEST_TARGETING_KEY) {
      throw Failure.invalid(field, "1 to 1024 characters");
    }
    return new Assigner.Candidate(key, ValueMessages.fields(context));
  }
}
