package io.tenure.profile.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.Identities.Claim;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.Resolution;
import io.tenure.profile.domain.Updates;
import io.tenure.profile.domain.identity.Decision;
import io.tenure.profile.domain.identity.IdKind;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlan.Kind;
import io.tenure.profile.domain.identity.MappingKey;
import io.tenure.profile.domain.identity.MappingKey.Overflow;
import io.tenure.profile.domain.identity.PlanChange;
import io.tenure.profile.domain.identity.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the plan ID_MAPPING does with ids under keys. */
final class IdMappingTest {

  private static final KeyedId ANN = login("ann");
  private static final KeyedId BEN = login("ben");
  private static final KeyedId PHONE = device("phone");

  private static ProfileStores stores;
  private static PlanChange change;

  private final ProjectId project = ProfileStores.project();
  private final List<ProfileUpdate> log = new ArrayList<>();

  @BeforeAll
  static void open() {
    stores = ProfileStores.open();
    change = new PlanChange(stores.plans, stores.identities);
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @BeforeEach
  void choose() {
    choose(
        plan(single(KeyedId.LOGIN), single("union"), below("open", "union"), mail(1), devices()));
  }

  @Test
  void idsNobodyHasJoinTheUserOfTheRecord() {
    assertThat(apply(of(PHONE), of(ANN, PHONE), of(ANN, mail("a@b")), of(mail("a@b"))))
        .containsExactly(1L, 1L, 1L, 1L);
    Profile ann = stores.get(project, "ann");
    assertThat(ann.identities()).containsExactly(PHONE, ANN, mail("a@b"));
    assertThat(ann.loginId()).isEqualTo("ann");
    assertThat(ann.anonymousIds()).containsExactly("phone");
    assertThat(rules(ANN)).containsExactly(Rule.JOINED);
    assertThat(rules(PHONE)).containsExactly(Rule.NEW_USER);
  }

  @Test
  void aRecordIsAboutItsIdOfTheHighestPriority() {
    assertThat(apply(of(mail("a@b")), of(ANN), of(mail("a@b"), ANN))).containsExactly(1L, 2L, 2L);
  }

  @Test
  void whoSignsInOnThePhoneOfAnotherIsSomebodyNew() {
    assertThat(apply(of(ANN, PHONE), of(BEN, PHONE), of(PHONE), of(BEN)))
        .containsExactly(1L, 2L, 1L, 2L);
    Decision conflict = decisions(PHONE).getFirst();
    assertThat(conflict.rule()).isEqualTo(Rule.CONFLICT);
    assertThat(conflict.userNumber()).isEqualTo(1);
    assertThat(conflict.otherUserNumber()).isEqualTo(2);
    assertThat(conflict.otherId()).isEqualTo(BEN.text());
  }

  @Test
  void aConflictIsSaidOnceForEachTwoUsers() {
    apply(of(ANN, PHONE), of(BEN, PHONE));
    apply(of(BEN, PHONE), of(BEN, PHONE), of(login("carl"), PHONE), of(BEN, PHONE));
    assertThat(decisions(PHONE))
        .extracting(Decision::rule, Decision::userNumber, Decision::otherUserNumber)
        .containsExactly(
            tuple(Rule.CONFLICT, 1L, 3L), tuple(Rule.CONFLICT, 1L, 2L), tuple(Rule.JOINED, 1L, 0L));
  }

  @Test
  void aNewerAddressTakesThePlaceOfTheOldest() {
    assertThat(apply(of(ANN, mail("old")), of(ANN, mail("new")), of(mail("new")), of(mail("old"))))
        .containsExactly(1L, 1L, 1L, 2L);
    assertThat(stores.get(project, "ann").identities()).containsExactly(ANN, mail("new"));
    assertThat(rules(mail("old"))).containsExactly(Rule.NEW_USER, Rule.REPLACED, Rule.JOINED);
    assertThat(decisions(mail("old")).get(1).formerUserNumber()).isEqualTo(1);
  }

  @Test
  void aRecordNeverReplacesItsOwnIds() {
    assertThat(apply(of(ANN, mail("one"), mail("two")), of(ANN, mail("one"), mail("two"))))
        .containsExactly(1L, 1L);
    assertThat(stores.get(project, "ann").identities()).containsExactly(ANN, mail("one"));
    assertThat(rules(mail("two"))).containsExactly(Rule.REFUSED);
    assertThat(decisions(mail("two")).getFirst().otherUserNumber()).isEqualTo(1);
    assertThat(stores.find(project, "identity:mail:two")).isEmpty();
  }

  @Test
  void anIdFollowsItsParent() {
    KeyedId union = new KeyedId("union", "u");
    KeyedId open = new KeyedId("open", "o");
    assertThat(apply(of(open), of(ANN, union), of(union, open), of(open)))
        .containsExactly(1L, 2L, 2L, 2L);
    assertThat(rules(open)).containsExactly(Rule.FOLLOWED_PARENT, Rule.NEW_USER);
    assertThat(decisions(open).getFirst().formerUserNumber()).isEqualTo(1);
    assertThat(stores.get(project, "user_number:1").identities()).isEmpty();

    assertThat(apply(unbind(union), of(open), of(ANN))).containsExactly(2L, 3L, 2L);
    assertThat(stores.get(project, "ann").identities()).containsExactly(ANN);
    assertThat(rules(open).subList(0, 2)).containsExactly(Rule.NEW_USER, Rule.LEFT_WITH_PARENT);
  }

  @Test
  void moreMayBeAllowedAtAnyTimeAndTheOrderMayNotChange() {
    apply(of(ANN, mail("one")));
    choose(
        plan(
            single(KeyedId.LOGIN),
            single("union"),
            below("open", "union"),
            mail(2),
            devices(),
            single("later")));
    assertThat(apply(of(ANN, mail("two"), new KeyedId("later", "x")))).containsExactly(1L);
    assertThat(stores.get(project, "identity:later:x").identities())
        .containsExactly(ANN, mail("one"), mail("two"), new KeyedId("later", "x"));

    assertRefused(plan(single("union"), single(KeyedId.LOGIN)));
    assertRefused(plan(single(KeyedId.LOGIN), single("union")));
    assertRefused(new IdentityPlan(Kind.MANY_TO_ONE));
  }

  @Test
  void aProjectWithUsersOfAnotherPlanKeepsIt() {
    ProjectId other = ProfileStores.project();
    stores.projector.apply("log", new Updates(other).event("ann", "phone").all());
    assertThatThrownBy(() -> change.change(other, plan(single("m")), "", "person:ann"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION));
  }

  @Test
  void aRecordWithoutADeclaredKeyIsAboutItsLoginElseItsDevice() {
    choose(plan(single("member")));
    assertThat(
            apply(
                both("ann", "phone"),
                both("", "phone"),
                both("ann", ""),
                of(new KeyedId("x", "1"))))
        .containsExactly(1L, 2L, 1L, 3L);
  }

  @Test
  void theTwoIdsOfOtherRecordsHaveKeysToo() {
    assertThat(apply(both("ann", "phone"), of(PHONE), of(ANN))).containsExactly(1L, 1L, 1L);
    assertThat(stores.identities.owner(project, IdKind.LOGIN, "ann")).isEqualTo(1);
    assertThat(stores.identities.owner(project, IdKind.DEVICE, "phone")).isEqualTo(1);
  }

  @Test
  void everythingComesBackFromTheDurableProfiles() {
    List<Long> users =
        apply(of(ANN, PHONE), of(ANN, mail("old")), of(ANN, mail("new")), of(mail("old")));
    stores.redis.call("forget", commands -> commands.del("identity:{" + project + "}"));
    assertThat(stores.projector.apply("log", log).userNumbers()).isEqualTo(users);
    assertThat(
            apply(
                of(PHONE),
                of(mail("old")),
                of(mail("new")),
                of(ANN, mail("third")),
                of(mail("new"))))
        .containsExactly(1L, 2L, 1L, 1L, 3L);
  }

  /** A server that restarts in good order while a batch is resolved and not yet durable. */
  @Test
  void aRestartKeepsWhatTheDurableProfilesDoNotKnowYet() {
    apply(of(ANN, PHONE, mail("old")));
    assertAheadThroughARestart(of(ANN, mail("new")), of(mail("old")), unbind(PHONE), of(PHONE));
  }

  @Test
  void aRestartKeepsItByTheOtherPlansToo() {
    ProjectId other = ProfileStores.project();
    Updates two = new Updates(other).bind("ann", "phone").unbind("", "phone").event("", "phone");
    stores.projector.apply("log", two.slice(0, 1));
    assertThat(resolve(other, two.slice(1, 3))).containsExactly(1L, 2L);
    restart(other);
    assertThat(stores.projector.apply("log", two.slice(1, 3)).userNumbers())
        .containsExactly(1L, 2L);
    assertThat(resolve(other, new Updates(other).event("", "phone").all())).containsExactly(1L);
    assertThat(stores.identities.owner(other, IdKind.DEVICE, "phone")).isEqualTo(2);
  }

  private void assertAheadThroughARestart(Identifiers... records) {
    int from = log.size();
    for (Identifiers ids : records) {
      log.add(new ProfileUpdate(log.size(), project, ids, Updates.MONDAY, "", List.of()));
    }
    List<ProfileUpdate> batch = log.subList(from, log.size());
    assertThat(resolve(project, batch)).containsExactly(1L, 2L, 1L, 3L);
    restart(project);
    assertThat(stores.projector.apply("log", batch).userNumbers()).containsExactly(1L, 2L, 1L, 3L);
    assertThat(stores.identities.owner(project, IdKind.DEVICE, "phone")).isEqualTo(3);
    assertThat(stores.identities.owner(project, IdKind.KEYED, "mail:old")).isEqualTo(2);
    assertThat(stores.get(project, "ann").identities()).containsExactly(ANN, mail("new"));
  }

  private static List<Long> resolve(ProjectId project, List<ProfileUpdate> batch) {
    return stores
        .identities
        .resolve(
            project,
            "log",
            batch.stream().map(update -> new Claim(update.offset(), update.ids())).toList())
        .resolutions()
        .stream()
        .map(Resolution::userNumber)
        .toList();
  }

  private static void restart(ProjectId project) {
    stores.redis.call(
        "restart", commands -> commands.hset("identity:{" + project + "}", "run", "before"));
  }

  private List<Long> apply(Identifiers... records) {
    int from = log.size();
    for (Identifiers ids : records) {
      log.add(new ProfileUpdate(log.size(), project, ids, Updates.MONDAY, "", List.of()));
    }
    return stores.projector.apply("log", log.subList(from, log.size())).userNumbers();
  }

  private List<Rule> rules(KeyedId id) {
    return decisions(id).stream().map(Decision::rule).toList();
  }

  private List<Decision> decisions(KeyedId id) {
    return stores.decisions.find(project, IdKind.KEYED, id.text());
  }

  private void choose(IdentityPlan plan) {
    change.change(project, plan, "", "person:ann");
  }

  private void assertRefused(IdentityPlan plan) {
    assertThatThrownBy(() -> choose(plan))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION));
  }

  private static IdentityPlan plan(MappingKey... keys) {
    return new IdentityPlan(Kind.ID_MAPPING, List.of(keys));
  }

  private static MappingKey single(String name) {
    return new MappingKey(name, 1, Overflow.REFUSE, "");
  }

  private static MappingKey below(String name, String parent) {
    return new MappingKey(name, 5, Overflow.REFUSE, parent);
  }

  private static MappingKey mail(int cap) {
    return new MappingKey("mail", cap, Overflow.REPLACE_OLDEST, "");
  }

  private static MappingKey devices() {
    return new MappingKey(KeyedId.ANONYMOUS, 10, Overflow.REFUSE, "");
  }

  private static KeyedId login(String value) {
    return new KeyedId(KeyedId.LOGIN, value);
  }

  private static KeyedId device(String value) {
    return new KeyedId(KeyedId.ANONYMOUS, value);
  }

  private static KeyedId mail(String value) {
    return new KeyedId("mail", value);
  }

  private static Identifiers of(KeyedId... ids) {
    return MappingRecords.of(Link.NONE, Stream.of(ids).toList());
  }

  private static Identifiers unbind(KeyedId id) {
    return MappingRecords.of(Link.UNBIND, List.of(id));
  }

  private static Identifiers both(String login, String device) {
    return new Identifiers(login, device, Link.NONE);
  }
}
