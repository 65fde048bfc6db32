package io.tenure.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.erasure.Eraser;
import io.tenure.profile.domain.erasure.Erasures;
import io.tenure.profile.domain.erasure.Keeper;
import io.tenure.profile.domain.erasure.PersonHash;
import io.tenure.profile.domain.erasure.Reapplying;
import io.tenure.profile.domain.erasure.Receipts;
import io.tenure.profile.domain.erasure.Tombstones;
import io.tenure.profile.store.RedisTurns;
import io.tenure.profile.store.erasure.BackupBook;
import io.tenure.profile.store.erasure.ClickHouseKeeper;
import io.tenure.profile.store.erasure.ClickHouseTombstones;
import io.tenure.profile.store.erasure.RedisKeeper;
import io.tenure.profile.store.erasure.TombstoneJournal;
import io.tenure.profile.store.seal.SubjectKeys;
import io.tenure.proto.erasure.v1.CreateErasureRequest;
import io.tenure.proto.erasure.v1.Erasure;
import io.tenure.proto.erasure.v1.ErasureServiceGrpc;
import io.tenure.proto.erasure.v1.ErasureServiceGrpc.ErasureServiceBlockingStub;
import io.tenure.proto.erasure.v1.GetErasureRequest;
import io.tenure.proto.erasure.v1.GetReceiptKeyRequest;
import io.tenure.proto.erasure.v1.GetReceiptKeyResponse;
import io.tenure.proto.erasure.v1.GetReceiptRequest;
import io.tenure.proto.erasure.v1.ListErasuresRequest;
import io.tenure.proto.erasure.v1.PreviewErasureRequest;
import io.tenure.proto.erasure.v1.Receipt;
import io.tenure.proto.erasure.v1.State;
import io.tenure.proto.profile.v1.GetProfileRequest;
import io.tenure.proto.profile.v1.Profile;
import io.tenure.proto.profile.v1.ProfileRecord;
import io.tenure.proto.profile.v1.ProfileServiceGrpc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forgetting people, as far as the profile service keeps something of them. */
final class ErasureTest {

  private static final List<String> TABLES =
      Stream.concat(People.TABLES.stream(), Stream.of("subject_keys", "consents")).toList();

  private static ProfileServer server;

  @TempDir private Path journal;

  private People people;
  private ProjectId project;

  @BeforeAll
  static void start() throws Exception {
    server = People.server("erasure");
    People.files(server).quicken(TABLES);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void fill() {
    people = new People(server);
    project = people.project();
    people.declare("{\"name\": \"card\", \"dataClass\": \"C2\"}");
    people.apply(People.person("anna").setAnonymousId("phone-of-anna").setBind(true));
    people.apply(People.person("bert").setAnonymousId("phone-of-bert").setBind(true));
    people.apply(People.person("carl"));
  }

  @Test
  void forgetsSeveralPeopleTogetherAndNobodyElse() {
    Erasure anna = create("anna");
    Erasure bert = create("phone-of-bert");
    assertThat(create("anna").getId()).isEqualTo(anna.getId());
    finish();
    assertThat(get(bert.getId()).getState()).isEqualTo(State.STATE_DONE);
    assertThat(get(anna.getId()).getCountsMap())
        .containsEntry("clickhouse.profiles", 1L)
        .containsEntry("clickhouse.subject_keys", 1L)
        .containsEntry("redis.profiles", 1L);
    for (String gone : List.of("anna", "phone-of-anna", "bert", "phone-of-bert", "user_number:1")) {
      assertThat(reason(() -> profile(gone))).isEqualTo(Reason.NOT_FOUND);
    }
    assertThat(profile("carl").getTraits().getFieldsOrThrow("card").getStringValue())
        .isEqualTo("card-of-carl");
    assertThat(everything()).contains("carl").doesNotContain("anna", "bert");
  }

  @Test
  void takesNothingInThatIsFromBeforeAndTakesAReturningPersonForANewOne() {
    create("anna");
    finish();
    assertThat(people.apply(People.person("anna").setAnonymousId("phone-of-anna").setBind(true)))
        .isZero();
    assertThat(people.apply(device("phone-of-anna"))).isZero();
    assertThat(
            people.apply(
                Instant.now().plusSeconds(5),
                People.person("anna").setReceiveTime(time(People.BEFORE))))
        .isZero();
    assertThat(everything()).doesNotContain("anna");
    long back = people.apply(Instant.now().plusSeconds(60), People.person("anna"));
    assertThat(back).isGreaterThan(3);
    assertThat(profile("anna").getTraits().getFieldsOrThrow("card").getStringValue())
        .isEqualTo("card-of-anna");
    assertThat(people.apply(People.person("anna"))).isZero();
  }

  @Test
  void anotherPersonOnTheDeviceStaysThemselvesWithoutIt() {
    create("anna");
    finish();
    assertThat(people.apply(People.person("carl").setAnonymousId("phone-of-anna").setBind(true)))
        .isEqualTo(3);
    assertThat(profile("carl").getAnonymousIdsList()).isEmpty();
  }

  @Test
  void neverGivesTheNumberAgainAlsoWhenRedisForgotEverything() {
    people.apply(People.person("dora"));
    create("dora");
    finish();
    server.bean(Redis.class).call("clear", commands -> commands.flushall());
    assertThat(people.apply(People.person("dora"))).isZero();
    assertThat(people.apply(People.person("emil"))).isGreaterThan(4);
  }

  @Test
  void previewsWithoutChangingAnything() {
    Map<String, Long> counts =
        as(
                Role.ADMINISTRATOR,
                stub ->
                    stub.previewErasure(
                        PreviewErasureRequest.newBuilder().setUserId("anna").build()))
            .getPreview()
            .getCountsMap();
    assertThat(counts)
        .containsEntry("clickhouse.profiles", 1L)
        .containsEntry("clickhouse.profile_history", 1L)
        .containsEntry("clickhouse.identity_decisions", 2L)
        .containsEntry("redis.identities", 2L);
    assertThat(profile("anna").getLoginId()).isEqualTo("anna");
    assertThat(people.apply(People.person("anna"))).isEqualTo(1);
  }

  @Test
  void signsAReceiptThatTellsNothingAboutThePerson() throws Exception {
    Erasure erasure = create("anna");
    assertThat(reason(() -> receipt(erasure.getId()))).isEqualTo(Reason.FAILED_PRECONDITION);
    finish();
    Receipt receipt = receipt(erasure.getId());
    GetReceiptKeyResponse key =
        as(
            Role.ADMINISTRATOR,
            stub -> stub.getReceiptKey(GetReceiptKeyRequest.getDefaultInstance()));
    assertThat(receipt.getKeyId()).isEqualTo(key.getKeyId());
    assertThat(verifies(key.getPublicKey(), receipt, receipt.getContent().toByteArray())).isTrue();
    byte[] changed = receipt.getContent().toByteArray();
    changed[20]++;
    assertThat(verifies(key.getPublicKey(), receipt, changed)).isFalse();
    assertThat(receipt.getContent().toStringUtf8())
        .contains(erasure.getId(), "\"clickhouse.profiles\":1", "tenure-erasure-receipt/1")
        .doesNotContain("anna", "phone");
  }

  @Test
  void onlyAdministratorsErase() {
    for (Role role : List.of(Role.WRITER, Role.ANALYST, Role.EDITOR)) {
      assertThat(
              reason(
                  () ->
                      as(
                          role,
                          stub ->
                              stub.createErasure(
                                  CreateErasureRequest.newBuilder().setUserId("anna").build()))))
          .isEqualTo(Reason.PERMISSION_DENIED);
    }
    assertThat(reason(() -> create("nobody"))).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void listsNewestFirstPageByPage() {
    create("anna");
    create("bert");
    ListErasuresRequest first = ListErasuresRequest.newBuilder().setPageSize(1).build();
    var page = as(Role.ADMINISTRATOR, stub -> stub.listErasures(first));
    var next =
        as(
            Role.ADMINISTRATOR,
            stub ->
                stub.listErasures(first.toBuilder().setPageToken(page.getNextPageToken()).build()));
    assertThat(next.getNextPageToken()).isEmpty();
    assertThat(page.getErasures(0).getId()).isGreaterThan(next.getErasures(0).getId());
    finish();
  }

  /**
   * Every call to a store is once the last before the process dies, and once the first not made.
   */
  @Test
  void goesOnAfterACrashAtAnyStep() {
    for (int crash = 1; crash <= 9; crash++) {
      String name = "victim-" + crash;
      people.apply(People.person(name).setAnonymousId("phone-" + name).setBind(true));
      Erasure erasure = create(name);
      AtomicInteger left = new AtomicInteger(crash / 2);
      boolean after = crash % 2 == 0;
      Eraser dying = eraser(keeper -> dying(keeper, left, after));
      assertThatThrownBy(dying::run).hasMessage("crash");
      finish();
      assertThat(get(erasure.getId()).getState()).isEqualTo(State.STATE_DONE);
      assertThat(everything()).doesNotContain(name);
    }
  }

  @Test
  void erasesAgainWhomARestoreBroughtBack() {
    ClickHouse clickHouse = server.bean(ClickHouse.class);
    List<String> tables = List.of("profiles", "profile_history", "subject_keys");
    tables.forEach(table -> keep(clickHouse, table));
    Erasure first = create("anna");
    finish();
    for (String table : tables) {
      clickHouse.execute("INSERT INTO " + table + " SELECT * FROM kept_" + table, Map.of());
      clickHouse.execute("DROP TABLE kept_" + table, Map.of());
    }
    server.bean(Redis.class).call("clear", commands -> commands.flushall());
    assertThat(everything()).contains("anna");
    assertThat(server.bean(Reapplying.class).run()).isEqualTo(1);
    assertThat(server.bean(Reapplying.class).run()).as("while it is under way").isZero();
    finish();
    assertThat(everything()).contains("carl").doesNotContain("anna");
    List<Erasure> all =
        as(Role.ADMINISTRATOR, stub -> stub.listErasures(ListErasuresRequest.getDefaultInstance()))
            .getErasuresList();
    assertThat(all).extracting(Erasure::getAuthor).contains("restore");
    assertThat(all).extracting(Erasure::getCreateTime).containsOnly(first.getCreateTime());
    assertThat(server.bean(Reapplying.class).run()).isZero();
    assertThat(people.apply(People.person("anna"))).isZero();
  }

  private static void keep(ClickHouse clickHouse, String table) {
    clickHouse.execute("CREATE TABLE kept_" + table + " AS " + table, Map.of());
    clickHouse.execute("INSERT INTO kept_" + table + " SELECT * FROM " + table, Map.of());
  }

  @Test
  void tombstonesOutliveTheStoreInAFile() throws Exception {
    create("anna");
    finish();
    ClickHouse clickHouse = server.bean(ClickHouse.class);
    Path file = journal.resolve("journal");
    reading(clickHouse, file);
    String kept = Files.readString(file);
    assertThat(kept).contains(project.value()).doesNotContain("anna");
    Files.writeString(file, kept + "{\"project\": \"torn");
    clickHouse.execute("TRUNCATE TABLE erasure_tombstones", Map.of());
    assertThat(people.apply(People.person("anna"))).as("without them").isPositive();
    reading(clickHouse, file);
    assertThat(Files.readString(file)).isEqualTo(kept);
    assertThat(people.apply(People.person("anna"))).isZero();
  }

  private static void reading(ClickHouse clickHouse, Path file) {
    Redis redis = server.bean(Redis.class);
    redis.call("clear", commands -> commands.flushall());
    new TombstoneJournal(
        file,
        new ClickHouseTombstones(
            clickHouse, redis, server.bean(PersonHash.class), Clock.systemUTC()));
  }

  @Test
  void theReceiptNamesTheBackupsThatCanStillBeRead() throws Exception {
    Path file = journal.resolve("book");
    Files.writeString(
        file,
        """
        {"backups": [
          {"name": "one", "createTime": "2026-01-01T00:00:00Z", "endTime": "%s", "key": "k"},
          {"name": "two", "createTime": "2026-01-01T00:00:00Z", "endTime": "2026-01-02T00:00:00Z", "key": "k"},
          {"name": "three", "createTime": "2026-01-01T00:00:00Z", "endTime": "%s", "key": ""}]}
        """
            .formatted(Instant.now().plusSeconds(3600), Instant.now().plusSeconds(3600)));
    assertThat(new BackupBook(file, Clock.systemUTC()).erase(project, List.of(), false).remarks())
        .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .contains("backup one,");
    assertThat(
            new BackupBook(journal.resolve("none"), Clock.systemUTC())
                .erase(project, List.of(), false)
                .remarks())
        .isEmpty();
  }

  private static Keeper dying(Keeper keeper, AtomicInteger left, boolean after) {
    return (project, subjects, countOnly) -> {
      boolean dies = left.getAndDecrement() == 0;
      if (dies && !after) {
        throw new IllegalStateException("crash");
      }
      Keeper.Answer answer = keeper.erase(project, subjects, countOnly);
      if (dies) {
        throw new IllegalStateException("crash");
      }
      return answer;
    };
  }

  private static Eraser eraser(Function<Keeper, Keeper> keepers) {
    ClickHouseKeeper durable = new ClickHouseKeeper(server.bean(ClickHouse.class));
    RedisKeeper hot = new RedisKeeper(server.bean(Redis.class), server.bean(SubjectKeys.class));
    return new Eraser(
        server.bean(Erasures.class),
        server.bean(Tombstones.class),
        server.bean(PersonHash.class),
        server.bean(Receipts.class),
        server.bean(DurableProfiles.class),
        durable,
        new Eraser.Keepers(List.of(), keepers.apply(hot), keepers.apply(durable), durable),
        new RedisTurns(server.bean(Redis.class), "erasure", Duration.ofMinutes(1)),
        Clock.systemUTC());
  }

  private void finish() {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(10));
    Erasures erasures = server.bean(Erasures.class);
    while (erasures.open().stream().anyMatch(open -> open.project().equals(project))) {
      server.bean(Eraser.class).run();
      // Every run rewrites the tables; the files of the last one have to go before another helps.
      ClickHouseKeeper files = new ClickHouseKeeper(server.bean(ClickHouse.class));
      Instant written = Instant.now();
      while (files.left(written) > 0) {
        assertThat(Instant.now()).as("it goes on").isBefore(deadline);
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  /** All that both stores hold of the project, as text. */
  private String everything() {
    List<String> texts = new ArrayList<>();
    Stream.concat(TABLES.stream(), Stream.of("erasures", "erasure_tombstones"))
        .forEach(
            table ->
                texts.addAll(
                    server
                        .bean(ClickHouse.class)
                        .query(
                            "SELECT toString(tuple(*)) AS text FROM "
                                + table
                                + " WHERE project_id = {project:String}",
                            Map.of("project", project.value()),
                            row -> row.getString("text"))));
    Redis redis = server.bean(Redis.class);
    for (String key : redis.<List<String>>call("look", c -> c.keys("*" + project + "*"))) {
      if (redis.<String>call("look", commands -> commands.type(key)).equals("hash")) {
        texts.add(key + redis.<Map<String, String>>call("look", commands -> commands.hgetall(key)));
      }
    }
    return String.join("\n", texts);
  }

  private static ProfileRecord.Builder device(String device) {
    return ProfileRecord.newBuilder().setAnonymousId(device).setEventName("Open");
  }

  private static com.google.protobuf.Timestamp time(Instant instant) {
    return Timestamps.fromMillis(instant.toEpochMilli());
  }

  private Profile profile(String id) {
    return people.as(
        Role.ADMINISTRATOR,
        () ->
            ProfileServiceGrpc.newBlockingStub(server.channel())
                .getProfile(GetProfileRequest.newBuilder().setId(id).build())
                .getProfile());
  }

  private Erasure create(String id) {
    return as(
            Role.ADMINISTRATOR,
            stub -> stub.createErasure(CreateErasureRequest.newBuilder().setUserId(id).build()))
        .getErasure();
  }

  private Erasure get(String id) {
    return as(
            Role.ADMINISTRATOR,
            stub -> stub.getErasure(GetErasureRequest.newBuilder().setId(id).build()))
        .getErasure();
  }

  private Receipt receipt(String id) {
    return as(
            Role.ADMINISTRATOR,
            stub -> stub.getReceipt(GetReceiptRequest.newBuilder().setId(id).build()))
        .getReceipt();
  }

  private <T> T as(Role role, Function<ErasureServiceBlockingStub, T> call) {
    return people.as(role, () -> call.apply(ErasureServiceGrpc.newBlockingStub(server.channel())));
  }

  private static Reason reason(Runnable call) {
    Failure failure = ProfileServer.refusal(call);
    return failure.reason();
  }

  private static boolean verifies(String pem, Receipt receipt, byte[] content) throws Exception {
    String key = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
    signature.update(content);
    return signature.verify(receipt.getSignature().toByteArray());
  }
}
