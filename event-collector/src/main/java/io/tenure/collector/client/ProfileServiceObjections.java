package io.tenure.collector.client;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.tenure.collector.domain.consent.ObjectionSource;
import io.tenure.collector.domain.consent.Objections;
import io.tenure.collector.domain.consent.Objections.Project;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.consent.v1.ConsentServiceGrpc;
import io.tenure.proto.consent.v1.ConsentServiceGrpc.ConsentServiceBlockingStub;
import io.tenure.proto.consent.v1.ListObjectionsRequest;
import io.tenure.proto.consent.v1.ListObjectionsResponse;
import io.tenure.proto.consent.v1.ObjectionProject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Asks profile-service who objects. */
public final class ProfileServiceObjections implements ObjectionSource {

  private final ConsentServiceBlockingStub consents;

  /** Objections behind a channel. */
  public ProfileServiceObjections(Channel channel) {
    this.consents = ConsentServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public Objections after(Objections known) {
    Set<Long> hashes = new HashSet<>();
    for (long hash : known.hashes()) {
      hashes.add(hash);
    }
    Map<ProjectId, Project> projects = new HashMap<>();
    String token = known.token();
    try {
      Iterator<ListObjectionsResponse> replies =
          consents.listObjections(ListObjectionsRequest.newBuilder().setToken(token).build());
      while (replies.hasNext()) {
        ListObjectionsResponse reply = replies.next();
        if (reply.getReset()) {
          hashes.clear();
        }
        hashes.addAll(reply.getAddedList());
        reply.getRemovedList().forEach(hashes::remove);
        reply.getProjectsList().forEach(one -> put(one, projects));
        token = reply.getToken();
      }
    } catch (StatusRuntimeException exception) {
      throw FailureStatus.fromStatus(exception);
    }
    return new Objections(hashes.stream().mapToLong(Long::longValue).toArray(), projects, token);
  }

  private static void put(ObjectionProject project, Map<ProjectId, Project> projects) {
    projects.put(
        new ProjectId(project.getProjectId()),
        new Project(
            project.getByDevice(),
            project.getByKeys(),
            Set.copyOf(project.getAnalyticsCategoriesList())));
  }
}
