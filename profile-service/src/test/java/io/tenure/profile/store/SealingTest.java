package io.tenure.profile.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import io.tenure.condition.domain.Value;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.seal.MasterKeys;
import io.tenure.platform.seal.ValueCipher;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.HotProfiles;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.Projector;
import io.tenure.profile.domain.Rewriting;
import io.tenure.profile.domain.TraitChange;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.Updates;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.computed.ComputedChange;
import io.tenure.profile.domain.computed.ComputedValues;
import io.tenure.profile.domain.seal.KeyRotation;
import io.tenure.profile.domain.seal.Resealing;
import io.tenure.profile.domain.seal.SealedNames;
import io.tenure.profile.domain.search.Ordering;
import io.tenure.profile.domain.search.Search;
import io.tenure.profile.domain.visibility.DataClasses;
import io.tenure.profile.store.computed.ClickHouseComputedValues;
import io.tenure.profile.store.seal.ClickHouseStaleForms;
import io.tenure.profile.store.seal.ClickHouseSubjectKeys;
import io.tenure.profile.store.seal.RedisSubjectKeys;
import io.tenure.profile.store.seal.SealedComputedValues;
import io.tenure.profile.store.seal.SealedDurableProfiles;
import io.tenure.profile.store.seal.SealedHotProfiles;
import io.tenure.profile.store.seal.SealedProfileHistory;
import io.tenure.profile.store.seal.SubjectKeys;
import io.tenure.profile.store.seal.TraitSeal;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies in the stores of personal traits, and what comes out of them. */
final class SealingTest {

  private static final String SECRET = "6226-0912-3456-7890";

  private static ProfileStores stores;

  private final ProjectId project = ProfileStores.project();
  private Set<String> personal = Set.of("card", "balance");

  @BeforeAll
  static void open() {
    stores = ProfileStores.open();
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @ParameterizedTest
  @EnumSource
  void sealsPersonalTraitsInEveryStoreAndOpensThemForItsReaders(ValueCipher cipher) {
    Sealing sealing = sealing(masters(Map.of("one", 1), "one", cipher));
    sealing.apply(customer());
    Map<String, String> lying = inRedis(1);
    assertThat(lying).containsEntry("t:city", "\"Wien\"");
    assertThat(lying.get("t:card")).startsWith("~");
    assertThat(lying.get("n:balance")).startsWith("~");
    assertThat(lying.values()).noneMatch(value -> value.contains(SECRET));
    for (String table : List.of("profiles", "profile_history")) {
      String row = row(table, 1);
      assertThat(row).contains("Wien").contains("~").doesNotContain(SECRET);
      assertThat(row).doesNotContain("77123");
    }
    Profile profile = get(sealing, "anna");
    assertThat(profile.traits())
        .containsEntry("card", text(SECRET))
        .containsEntry("balance", new TraitValue("77123.5"));
    assertThat(profile.activity().numberHistories())
        .hasEntrySatisfying(
            "balance", history -> assertThat(history.toString()).contains("77123.5"));
    assertThat(sealing.durable().find(project, List.of(1L)).values()).containsExactly(profile);
    Instant later = Instant.now().plus(Duration.ofDays(1));
    assertThat(
            new SealedProfileHistory(
                    new ClickHouseProfileHistory(stores.clickHouse), sealing.seal())
                .find(new UserKey(project, 1), later)
                .orElseThrow()
                .traits())
        .containsEntry("card", text(SECRET));
  }

  @Test
  void addsToASealedNumberExactlyOnce() {
    Sealing sealing = sealing(masters(Map.of("one", 1)));
    List<ProfileUpdate> updates =
        new Updates(project)
            .event("anna", "", new TraitChange.Increment("balance", new TraitValue("1.1")))
            .event("anna", "", new TraitChange.Increment("balance", new TraitValue("2.2")))
            .all();
    sealing.apply(updates);
    sealing.apply(updates);
    assertThat(get(sealing, "anna").traits()).containsEntry("balance", new TraitValue("3.3"));
  }

  /** The same text again is the same sealed text, so a store that compares sees no change. */
  @Test
  void writesNothingNewWhenNothingChanged() {
    Sealing sealing = sealing(masters(Map.of("one", 1)));
    sealing.apply(customer());
    Map<String, String> before = inRedis(1);
    new Rewriting(stores.identities, sealing.hot(), sealing.durable())
        .rewrite(project, List.of(1L));
    sealing(masters(Map.of("one", 1))).apply(customer());
    assertThat(inRedis(1)).isEqualTo(before);
  }

  @Test
  void opensAfterRedisForgotEverythingAndByAnotherProcess() {
    sealing(masters(Map.of("one", 1))).apply(customer());
    stores.redis.call("clear", commands -> commands.flushall());
    assertThat(get(sealing(masters(Map.of("one", 1))), "anna").traits())
        .containsEntry("card", text(SECRET));
  }

  @Test
  void keepsWhatItCannotOpenAndOpensItWhenTheMasterKeyIsBack() {
    sealing(masters(Map.of("one", 1))).apply(customer());
    Sealing other = sealing(masters(Map.of("two", 2)));
    assertThat(get(other, "anna").traits())
        .hasEntrySatisfying("card", card -> assertThat(card.json()).startsWith("~"));
    other.apply(
        new Updates(project)
            .event("anna", "")
            .event("anna", "", new TraitChange.Set("city", text("Graz")))
            .event("anna", "", new TraitChange.Set("balance", new TraitValue("5")))
            .all());
    Profile back =
        get(sealing(masters(Map.of("one", 1, "two", 2), "two", ValueCipher.AES_256_GCM)), "anna");
    assertThat(back.traits())
        .containsEntry("card", text(SECRET))
        .containsEntry("balance", new TraitValue("5"))
        .containsEntry("city", text("Graz"));
  }

  @Test
  void aNewMasterKeyTakesOverAndTheOldOneCanGo() {
    sealing(masters(Map.of("one", 1))).apply(customer());
    Sealing both = sealing(masters(Map.of("one", 1, "two", 2), "two", ValueCipher.AES_256_GCM));
    KeyRotation rotation = new KeyRotation(both.keys(), 10);
    assertThat(rotation.state(project).wraps()).containsEntry("one", 1L).containsEntry("two", 0L);
    assertThat(rotation.state(project).removable()).isEmpty();
    String value = inRedis(1).get("t:card");
    rotation.run();
    assertThat(rotation.state(project).wraps()).containsEntry("one", 0L).containsEntry("two", 1L);
    assertThat(rotation.state(project).removable()).containsExactly("one");
    assertThat(inRedis(1)).containsEntry("t:card", value);
    assertThat(get(sealing(masters(Map.of("two", 2))), "anna").traits())
        .containsEntry("card", text(SECRET));
    assertThat(rotation.run()).isZero();
  }

  @Test
  void withoutAMasterKeyNothingIsSealedAndWithOneTheNextTouchSeals() {
    Sealing none = sealing(masters(Map.of()));
    none.apply(customer());
    assertThat(inRedis(1)).containsEntry("t:card", "\"" + SECRET + "\"");
    Sealing sealing = sealing(masters(Map.of("one", 1)));
    sealing.apply(new Updates(project).event("anna", "").event("anna", "").all());
    assertThat(inRedis(1).get("t:card")).startsWith("~");
    assertThat(row("profiles", 1)).doesNotContain(SECRET);
  }

  @Test
  void aTraitThatBecomesPersonalIsSealedAndOneThatNoLongerIsIsOpened() {
    personal = Set.of("balance");
    Sealing sealing = sealing(masters(Map.of("one", 1)));
    sealing.apply(customer());
    assertThat(inRedis(1).get("t:card")).contains(SECRET);
    personal = Set.of("card");
    Resealing resealing =
        new Resealing(
            new ClickHouseStaleForms(stores.clickHouse),
            sealing.names(),
            new Rewriting(stores.identities, sealing.hot(), sealing.durable()),
            1);
    resealing.run();
    assertThat(inRedis(1).get("t:card")).startsWith("~");
    assertThat(inRedis(1)).containsEntry("t:balance", "77123.5");
    assertThat(row("profiles", 1)).doesNotContain(SECRET).contains("77123.5");
    assertThat(
            new ClickHouseStaleForms(stores.clickHouse)
                .find(project, sealing.names().of(project), 0, 10))
        .isEmpty();
  }

  @Test
  void sealsComputedValuesOfPersonalTraits() {
    Sealing sealing = sealing(masters(Map.of("one", 1)));
    sealing.apply(customer());
    ComputedValues values = sealing.computed();
    ComputedChange change = computed("card", text(SECRET), 1);
    values.add(List.of(change, computed("city", text("Linz"), 2)));
    assertThat(row("computed_traits", 1)).contains("Linz").doesNotContain(SECRET);
    assertThat(values.latest(project, "definition", 0, 10).get(1L))
        .containsEntry("card", text(SECRET))
        .containsEntry("city", text("Linz"));
    assertThat(values.at(project, 1, Instant.now())).containsEntry("card", text(SECRET));
    List<ComputedChange> changes = new ArrayList<>();
    values.changes(project, "computation", 0, changes::add);
    assertThat(changes).contains(change);
    values.add(List.of(computed("card", TraitValue.NULL, 3)));
    assertThat(values.latest(project, "definition", 0, 10).get(1L)).containsOnlyKeys("city");
  }

  @Test
  void refusesToCompareWhatIsSealedAndStillTellsWhetherItIsThere() {
    Sealing sealing = sealing(masters(Map.of("one", 1)));
    sealing.apply(customer());
    ClickHouseProfileIndex index = new ClickHouseProfileIndex(stores.clickHouse);
    for (Search search :
        List.of(
            search("card", Operator.EQUAL, new Value.Text(SECRET)),
            search("balance", Operator.GREATER, new Value.Decimal(BigDecimal.ONE)),
            search("card", Operator.CONTAINS, new Value.Text("9")))) {
      assertRefused(() -> index.count(search, 10));
      assertRefused(() -> sealing.names().requireComparable(project, search.compared()));
    }
    assertRefused(
        () ->
            index.find(
                new Search(
                    project,
                    "",
                    Optional.empty(),
                    new Ordering(new Ordering.Key.Trait("card"), false)),
                Optional.empty(),
                10));
    Search present = search("card", Operator.IS_SET);
    sealing.names().requireComparable(project, present.compared());
    assertThat(index.count(present, 10)).isEqualTo(1);
    assertThat(index.count(search("city", Operator.STARTS_WITH, new Value.Text("Wi")), 10))
        .isEqualTo(1);
  }

  /** Whatever fails in between, what is there can be opened by a process that starts afresh. */
  @Test
  void aKeyIsDurableBeforeAnythingIsSealedWithIt() {
    // Users, attempts that end before anything is durable, and whether Redis forgets after them.
    Property.forAll(12, Generator.lists(Generator.longs(0, 3), 6), this::survives);
  }

  private void survives(List<Long> plan) {
    ProjectId own = ProfileStores.project();
    Updates log = new Updates(own);
    for (int i = 0; i < plan.size(); i++) {
      log.event("user-" + i, "", new TraitChange.Set("card", text(SECRET + i)));
    }
    for (int i = 0; i < plan.size(); i++) {
      List<ProfileUpdate> part = log.slice(0, i + 1);
      if (plan.get(i) > 0) {
        Sealing failing =
            sealing(masters(Map.of("one", 1)), new UnwritableProfiles(stores.durable));
        assertThatThrownBy(() -> failing.apply(part)).isInstanceOf(Failure.class);
        requireOpen(own, plan.size());
      }
      if (plan.get(i) > 1) {
        stores.redis.call("clear", commands -> commands.flushall());
      }
      if (plan.get(i) > 2) {
        sealing(masters(Map.of("one", 1))).apply(part);
        requireOpen(own, plan.size());
      }
    }
  }

  private void requireOpen(ProjectId own, int users) {
    List<String> ids = IntStream.range(0, users).mapToObj(i -> "user-" + i).toList();
    sealing(masters(Map.of("one", 1))).directory().find(own, ids).stream()
        .flatMap(Optional::stream)
        .forEach(
            profile ->
                assertThat(profile.traits())
                    .hasEntrySatisfying("card", card -> assertThat(card.json()).contains(SECRET)));
  }

  private void assertRefused(Runnable question) {
    assertThatThrownBy(question::run)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION));
  }

  private Profile get(Sealing sealing, String id) {
    return sealing.directory().find(project, List.of(id)).getFirst().orElseThrow();
  }

  private Search search(String trait, Operator operator, Value... values) {
    Condition condition = new Condition.Trait(trait, new Comparison(operator, List.of(values)));
    return new Search(project, "", Optional.of(condition), Ordering.BY_NUMBER);
  }

  private ComputedChange computed(String trait, TraitValue value, long offset) {
    return new ComputedChange(
        project, "definition", 1, trait, value, Instant.EPOCH, offset, "computation");
  }

  private List<ProfileUpdate> customer() {
    return new Updates(project)
        .event(
            "anna",
            "phone",
            new TraitChange.Set("card", text(SECRET)),
            new TraitChange.Set("balance", new TraitValue("77123.5")),
            new TraitChange.Set("city", text("Wien")))
        .all();
  }

  private static TraitValue text(String text) {
    return new TraitValue("\"" + text + "\"");
  }

  private Map<String, String> inRedis(long number) {
    String key = "profile:{" + project + "/" + number + "}";
    return stores.redis.<Map<String, String>>call("look", commands -> commands.hgetall(key));
  }

  private String row(String table, long number) {
    return String.join(
        "\n",
        stores.clickHouse.query(
            "SELECT toString(tuple(*)) AS text FROM "
                + table
                + " FINAL WHERE project_id = {project:String} AND user_number = {user:UInt32}",
            Map.of("project", project.value(), "user", number),
            row -> row.getString("text")));
  }

  private static MasterKeys masters(Map<String, Integer> keys) {
    return masters(keys, "", ValueCipher.AES_256_GCM);
  }

  private static MasterKeys masters(Map<String, Integer> keys, String active, ValueCipher cipher) {
    Map<String, String> texts = new TreeMap<>();
    keys.forEach(
        (name, value) -> {
          byte[] bytes = new byte[32];
          Arrays.fill(bytes, value.byteValue());
          texts.put(name, Base64.getEncoder().encodeToString(bytes));
        });
    return new MasterKeys(texts, active, cipher, "test");
  }

  private Sealing sealing(MasterKeys masters) {
    return sealing(masters, stores.durable);
  }

  /** A process of its own on the shared stores. */
  private Sealing sealing(MasterKeys masters, DurableProfiles profiles) {
    SealedNames names = new SealedNames(new Plan(), !masters.isEmpty());
    SubjectKeys keys =
        new SubjectKeys(
            masters,
            new ClickHouseSubjectKeys(stores.clickHouse),
            new RedisSubjectKeys(stores.redis, Duration.ofHours(1)),
            Clock.systemUTC(),
            new SubjectKeys.Settings(2, Duration.ofMinutes(1)));
    TraitSeal seal = new TraitSeal(keys, names);
    return new Sealing(
        names,
        keys,
        seal,
        new SealedHotProfiles(new RedisProfiles(stores.redis), seal),
        new SealedDurableProfiles(profiles, seal));
  }

  private final class Plan implements DataClasses {
    @Override
    public Classified of(ProjectId any) {
      return new Classified(personal, Set.of());
    }

    @Override
    public void refresh() {}
  }

  private record Sealing(
      SealedNames names,
      SubjectKeys keys,
      TraitSeal seal,
      HotProfiles hot,
      DurableProfiles durable) {

    void apply(List<ProfileUpdate> updates) {
      new Projector(
              stores.identities,
              hot,
              durable,
              stores.decisions,
              Clock.systemUTC(),
              Updates.RULES,
              10)
          .apply("log", updates);
    }

    ProfileDirectory directory() {
      return new ProfileDirectory(stores.identities, hot, durable);
    }

    ComputedValues computed() {
      return new SealedComputedValues(new ClickHouseComputedValues(stores.clickHouse), seal);
    }
  }
}
