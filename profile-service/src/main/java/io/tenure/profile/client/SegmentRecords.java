package io.tenure.profile.client;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.profile.domain.export.Document;
import io.tenure.profile.domain.export.Person;
import io.tenure.profile.domain.export.Source;
import io.tenure.proto.segment.v1.ListMembershipsRequest;
import io.tenure.proto.segment.v1.SegmentServiceGrpc;
import io.tenure.proto.segment.v1.SegmentServiceGrpc.SegmentServiceBlockingStub;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The segments a person is in. They are computed from what the document holds anyway, so it is
 * whole without them.
 */
public final class SegmentRecords implements Source {

  private static final String SNAPSHOTS =
      "Segments are those of their latest computation; they follow from the other sections.";
  private static final String AWAY = "The service that knows the segments did not answer.";

  private final SegmentServiceBlockingStub segments;

  /** Segments of the service behind a channel. */
  public SegmentRecords(Channel channel) {
    this.segments = SegmentServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public void write(Person person, Document document) {
    document.section("segments");
    Optional<Set<String>> ids = ids(person);
    ids.ifPresent(
        found ->
            found.forEach(
                id ->
                    document.record(
                        JsonNodeFactory.instance.objectNode().put("segment_id", id).toString())));
    document.remark(ids.isPresent() ? SNAPSHOTS : AWAY);
  }

  private Optional<Set<String>> ids(Person person) {
    Set<String> ids = new TreeSet<>();
    try {
      for (long number : person.numbers()) {
        ids.addAll(
            CallerContext.as(
                    Caller.service(person.project(), "profile-service"),
                    () ->
                        segments.listMemberships(
                            ListMembershipsRequest.newBuilder()
                                .setUserNumber((int) number)
                                .build()))
                .getSegmentIdsList());
      }
      return Optional.of(ids);
    } catch (StatusRuntimeException | Failure away) {
      return Optional.empty();
    }
  }
}
