package io.tenure.profile.client;

import com.google.protobuf.util.Timestamps;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.Caller;
import io.tenure.profile.domain.export.Document;
import io.tenure.profile.domain.export.Person;
import io.tenure.profile.domain.export.Source;
import io.tenure.proto.erasure.v1.ExportSubjectRequest;
import io.tenure.proto.erasure.v1.ExportSubjectResponse;
import io.tenure.proto.erasure.v1.SubjectServiceGrpc;
import io.tenure.proto.erasure.v1.SubjectServiceGrpc.SubjectServiceBlockingStub;

/** What another service keeps about people. */
public final class ServiceRecords implements Source {

  /** A record is at most what the collector's door takes, and stands here as text. */
  private static final int LARGEST_MESSAGE = 64 << 20;

  private final SubjectServiceBlockingStub service;

  /** Records of the service behind a channel. */
  public ServiceRecords(Channel channel) {
    this.service =
        SubjectServiceGrpc.newBlockingStub(channel).withMaxInboundMessageSize(LARGEST_MESSAGE);
  }

  /** The other service stops reading when the document goes no further, whyever. */
  @Override
  public void write(Person person, Document document) {
    ExportSubjectRequest request = request(person);
    Context.CancellableContext context = Context.current().withCancellation();
    Context outer = context.attach();
    try {
      CallerContext.as(
          Caller.service(person.project(), "profile-service"),
          () -> {
            service.exportSubject(request).forEachRemaining(message -> add(message, document));
            return true;
          });
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    } finally {
      context.detach(outer);
      context.cancel(null);
    }
  }

  private static void add(ExportSubjectResponse message, Document document) {
    message.getRemarksList().forEach(document::remark);
    if (!message.getSection().isEmpty()) {
      document.section(message.getSection());
      message.getRecordsList().forEach(document::record);
    }
  }

  private static ExportSubjectRequest request(Person person) {
    ExportSubjectRequest.Builder request =
        ExportSubjectRequest.newBuilder()
            .setProjectId(person.project().value())
            .addAllIds(person.ids())
            .setAskTime(Timestamps.fromMillis(person.askTime().toEpochMilli()))
            .addAllHiddenProperties(person.visibility().hidden());
    person.numbers().forEach(number -> request.addUserNumbers(number.intValue()));
    return request.build();
  }
}
