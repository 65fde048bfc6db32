package io.tenure.experiment.api;

import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.serving.KeptRecord;
import io.tenure.experiment.domain.serving.KeptVariants;
import io.tenure.experiment.domain.serving.Unit;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.erasure.v1.EraseSubjectsRequest;
import io.tenure.proto.erasure.v1.EraseSubjectsResponse;
import io.tenure.proto.erasure.v1.ExportSubjectRequest;
import io.tenure.proto.erasure.v1.ExportSubjectResponse;
import io.tenure.proto.erasure.v1.Subject;
import io.tenure.proto.erasure.v1.SubjectCounts;
import io.tenure.proto.erasure.v1.SubjectServiceGrpc;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.grpc.server.service.GrpcService;

/**
 * The door for profile-service, which leads erasures and writes exports. The gateway does not open
 * it. An id may have been taken as any kind of unit, so it is looked for as each.
 */
@GrpcService
public class SubjectApi extends SubjectServiceGrpc.SubjectServiceImplBase {

  private static final String SECTION = "kept_variants";
  private static final String STORE = "redis.kept_variants";

  private final KeptVariants variants;

  SubjectApi(KeptVariants variants) {
    this.variants = variants;
  }

  @Override
  public void exportSubject(
      ExportSubjectRequest request, StreamObserver<ExportSubjectResponse> observer) {
    ProjectId project = project(request.getProjectId());
    Instant before = Instant.ofEpochMilli(Timestamps.toMillis(request.getAskTime()));
    ExportSubjectResponse.Builder message = ExportSubjectResponse.newBuilder().setSection(SECTION);
    variants
        .records(project, units(request.getIdsList()), before)
        .forEach(record -> message.addRecords(json(record)));
    observer.onNext(message.build());
    observer.onCompleted();
  }

  @Override
  public void eraseSubjects(
      EraseSubjectsRequest request, StreamObserver<EraseSubjectsResponse> observer) {
    ProjectId project = project(request.getProjectId());
    EraseSubjectsResponse.Builder response = EraseSubjectsResponse.newBuilder();
    for (Subject subject : request.getSubjectsList()) {
      List<Unit> units = units(subject.getIdsList());
      // What is dealt later is a new person's.
      Instant before = Instant.ofEpochMilli(Timestamps.toMillis(subject.getEraseTime()));
      long found = variants.records(project, units, before).size();
      if (!request.getCountOnly()) {
        variants.forget(project, units, before);
      }
      response.addCounts(
          SubjectCounts.newBuilder().setErasureId(subject.getErasureId()).putCounts(STORE, found));
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private static ProjectId project(String id) {
    CallerContext.requiring(Role.ADMINISTRATOR);
    if (!ProjectId.isValid(id)) {
      throw Failure.invalid("project_id", "needs a project");
    }
    return new ProjectId(id);
  }

  private static List<Unit> units(List<String> ids) {
    return ids.stream()
        .distinct()
        .flatMap(id -> Stream.of(UnitType.values()).map(type -> new Unit(type, id)))
        .toList();
  }

  private static String json(KeptRecord record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("unit_type", record.unit().type().name());
    fields.put("unit", record.unit().id());
    fields.put("split", record.split());
    fields.put("variant", record.kept().variant());
    fields.put("version", record.kept().version());
    fields.put("create_time", record.time().toString());
    return Json.write(fields);
  }
}
