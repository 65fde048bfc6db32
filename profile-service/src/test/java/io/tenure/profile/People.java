package io.tenure.profile;

import com.google.protobuf.util.Timestamps;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.PartFiles;
import io.tenure.proto.profile.v1.ApplyRequest;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import io.tenure.proto.profile.v1.TraitChange;
import io.tenure.proto.profile.v1.TraitChange.Operation;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** People of a project of their own, with a card number in class C2, on a server that can erase. */
final class People {

  /** When what they do happened, unless a test says otherwise. */
  static final Instant BEFORE = Instant.now().minus(Duration.ofDays(3));

  /** The tables they are in. */
  static final List<String> TABLES =
      List.of("profiles", "profile_history", "identity_decisions", "computed_traits");

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private final ProfileServer server;
  private final ProjectId project = new ProjectId("p" + UUID.randomUUID());
  private int offset;

  /** Nobody yet. */
  People(ProfileServer server) {
    this.server = server;
  }

  /** A server that seals, erases and signs, with nobody beside it. */
  static ProfileServer server(String database) throws NoSuchAlgorithmException {
    byte[] signing =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    return ProfileServer.start(
        database,
        "--tenure.profile.sealing.keys.first=" + KEY,
        "--tenure.profile.erasure.key=" + KEY,
        "--tenure.profile.erasure.receipt-key=" + Base64.getEncoder().encodeToString(signing),
        "--tenure.profile.erasure.services=",
        "--tenure.profile.erasure.poll-interval=1h");
  }

  /** What the server's database keeps in files. */
  static PartFiles files(ProfileServer server) {
    ClickHouse clickHouse = server.bean(ClickHouse.class);
    return new PartFiles(
        statement -> clickHouse.execute(statement, Map.of()),
        question -> clickHouse.query(question, Map.of(), row -> row.getString("place")));
  }

  ProjectId project() {
    return project;
  }

  /**
   * Declares classes.
   *
   * @param traits as in the tracking plan, in JSON
   */
  void declare(String traits) {
    new Definitions(
            server.bean(ClickHouse.class),
            server.bean(Redis.class),
            Clock.systemUTC(),
            "tracking-plan")
        .create(
            project,
            "plan",
            "{\"mode\": \"OBSERVE\", \"events\": [], \"traits\": [" + traits + "]}",
            "person:test");
  }

  /** A record of somebody who signs in and has a card. */
  static ProfileRecord.Builder person(String login) {
    return ProfileRecord.newBuilder()
        .setLoginId(login)
        .setEventName("Login")
        .addChanges(set("card", "\"card-of-" + login + "\""))
        .addChanges(set("name", "\"name-of-" + login + "\""));
  }

  static TraitChange set(String name, String json) {
    return TraitChange.newBuilder()
        .setOperation(Operation.OPERATION_SET)
        .setName(name)
        .setJsonValue(json)
        .build();
  }

  /** Applies a record of a while ago; returns the user's number. */
  long apply(ProfileRecord.Builder record) {
    return apply(BEFORE, record);
  }

  /** Applies a record; returns the user's number. */
  long apply(Instant happened, ProfileRecord.Builder record) {
    record
        .setProjectId(project.value())
        .setLogOffset(offset++)
        .setEventTime(Timestamps.fromMillis(happened.toEpochMilli()));
    return ProfileServiceGrpc.newBlockingStub(server.channel())
        .apply(ApplyRequest.newBuilder().setLogId("log").addRecords(record).build())
        .getUserNumbers(0);
  }

  /** Asks as somebody with a role. */
  <T> T as(Role role, Supplier<T> question) {
    return CallerContext.as(new Caller(project, "person:test", role), question::get);
  }
}
