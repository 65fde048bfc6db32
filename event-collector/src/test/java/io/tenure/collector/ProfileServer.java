package io.tenure.collector;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tenure.proto.consent.v1.ConsentServiceGrpc.ConsentServiceImplBase;
import io.tenure.proto.consent.v1.ListObjectionsRequest;
import io.tenure.proto.consent.v1.ListObjectionsResponse;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.ApplyResponse;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc.ProfileServiceImplBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A profile-service made of a map, reached over real gRPC in the process. */
final class ProfileServer extends ProfileServiceImplBase implements AutoCloseable {

  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final List<ProfileRecord> applied = new CopyOnWriteArrayList<>();
  private final Server server;
  private final Set<Long> refused = ConcurrentHashMap.newKeySet();
  private final Set<Long> objections = ConcurrentHashMap.newKeySet();
  private final Set<String> objecting = ConcurrentHashMap.newKeySet();
  private final ConsentServiceImplBase consents =
      new ConsentServiceImplBase() {
        @Override
        public void listObjections(
            ListObjectionsRequest request, StreamObserver<ListObjectionsResponse> reply) {
          if (down) {
            reply.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
          }
          ListObjectionsResponse.Builder response =
              ListObjectionsResponse.newBuilder().setReset(true).addAllAdded(objections);
          objecting.forEach(project -> response.addProjectsBuilder().setProjectId(project));
          reply.onNext(response.build());
          reply.onCompleted();
        }
      };
  private final Set<Long> withheld = ConcurrentHashMap.newKeySet();
  private volatile boolean down;

  ProfileServer(String name) {
    try {
      server =
          InProcessServerBuilder.forName(name)
              .addService(this)
              .addService(consents)
              .build()
              .start();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  static ManagedChannel channel(String name) {
    return InProcessChannelBuilder.forName(name).build();
  }

  void down(boolean isDown) {
    down = isDown;
  }

  /** Refuses the records of these offsets for good, with everything that is sent along. */
  void refuse(Long... offsets) {
    refused.addAll(List.of(offsets));
  }

  private boolean isRefused(ProfileRecord record) {
    return refused.contains(record.getLogOffset());
  }

  /** Says from now on that the records of these offsets must not be stored. */
  void withhold(Long... offsets) {
    withheld.addAll(List.of(offsets));
  }

  /** Says from now on that the record of this offset may be stored. */
  void allow(long offset) {
    withheld.remove(offset);
  }

  /** Tells from now on that somebody objects. */
  void object(String project, String kind, String id) throws NoSuchAlgorithmException {
    objecting.add(project);
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest((project + "\n" + kind + "\n" + id).getBytes(StandardCharsets.UTF_8));
    objections.add(ByteBuffer.wrap(digest).getLong());
  }

  List<ProfileRecord> applied() {
    return applied;
  }

  @Override
  public void apply(ApplyRequest request, StreamObserver<ApplyResponse> reply) {
    if (down) {
      reply.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    if (request.getRecordsList().stream().anyMatch(this::isRefused)) {
      reply.onError(Status.INVALID_ARGUMENT.withDescription("login_id").asRuntimeException());
      return;
    }
    ApplyResponse.Builder response = ApplyResponse.newBuilder();
    for (ProfileRecord record : request.getRecordsList()) {
      String id = record.getLoginId().isEmpty() ? record.getAnonymousId() : record.getLoginId();
      response.addUserNumbers(
          withheld.contains(record.getLogOffset()) ? 0 : number(record.getProjectId() + "/" + id));
      applied.add(record);
    }
    reply.onNext(response.build());
    reply.onCompleted();
  }

  private synchronized int number(String user) {
    int next = numbers.size() + 1;
    return numbers.computeIfAbsent(user, unknown -> next);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
