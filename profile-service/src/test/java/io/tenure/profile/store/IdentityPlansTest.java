package io.tenure.profile.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identities.Claim;
import io.tenure.profile.domain.Resolution;
import io.tenure.profile.domain.Updates;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlan.Kind;
import io.tenure.profile.domain.identity.IdentityPlans.Saved;
import io.tenure.profile.domain.identity.PlanChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the plans other than the default do, and when a project may change its plan. */
final class IdentityPlansTest {

  private static ProfileStores stores;
  private static PlanChange change;

  private final ProjectId project = ProfileStores.project();
  private long offset;

  @BeforeAll
  static void open() {
    stores = ProfileStores.open();
    change = new PlanChange(stores.plans, stores.identities);
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @Test
  void aProjectStartsWithOneDeviceForOneLogin() {
    assertThat(stores.plans.get(project).plan()).isEqualTo(new IdentityPlan(Kind.ONE_TO_ONE));
    assertThat(stores.plans.get(project).etag()).isEmpty();
  }

  @Test
  void aDeviceIsTheUserWhenOnlyDevicesCount() {
    choose(Kind.DEVICE_ONLY);
    assertThat(
            resolve(
                bind("anna", "phone"),
                bind("ben", "phone"),
                both("anna", "tablet"),
                device("phone"),
                login("anna")))
        .containsExactly(1, 1, 2, 1, 3);
  }

  @Test
  void everyNewDeviceOfALoginIsItsUser() {
    choose(Kind.MANY_TO_ONE);
    assertThat(
            resolve(
                bind("anna", "phone"),
                bind("anna", "tablet"),
                device("tablet"),
                device("phone"),
                login("anna")))
        .containsOnly(1);
  }

  @Test
  void aDeviceWithAUserOfItsOwnBelongsToTheLoginFromTheSignInOn() {
    choose(Kind.MANY_TO_ONE);
    assertThat(
            resolve(
                bind("anna", "phone"), device("tablet"), bind("anna", "tablet"), device("tablet")))
        .containsExactly(1, 2, 1, 1);
  }

  @Test
  void aDeviceStaysWithTheFirstLoginOnIt() {
    choose(Kind.MANY_TO_ONE);
    assertThat(
            resolve(
                bind("anna", "phone"), bind("ben", "phone"), device("phone"), bind("ben", "watch")))
        .containsExactly(1, 2, 1, 2);
  }

  @Test
  void aRecordOfAnotherLogKeepsTheUserItGotBeforeTheDeviceMoved() {
    choose(Kind.MANY_TO_ONE);
    List<Claim> other = List.of(new Claim(0, device("tablet")), new Claim(1, device("tablet")));
    assertThat(numbers("other", other)).containsExactly(1, 1);
    assertThat(resolve(login("anna"), bind("anna", "tablet"))).containsExactly(2, 2);

    assertThat(numbers("other", other)).containsExactly(1, 1);
    assertThat(numbers("other", List.of(new Claim(2, device("tablet"))))).containsExactly(2);
  }

  @Test
  void moreDevicesForALoginMayBeAllowedAtAnyTime() {
    assertThat(resolve(bind("anna", "phone"), device("tablet"), bind("anna", "tablet")))
        .containsExactly(1, 2, 1);
    choose(Kind.MANY_TO_ONE);
    offset = 0;
    assertThat(
            resolve(
                bind("anna", "phone"), device("tablet"), bind("anna", "tablet"), device("tablet")))
        .as("what was resolved before stays, although the plan would do it now")
        .containsExactly(1, 2, 1, 2);
    assertThat(resolve(bind("anna", "tablet"), device("tablet"))).containsExactly(1, 1);
  }

  @Test
  void everyOtherChangeIsRefusedOnceThereAreUsers() {
    resolve(login("anna"));
    for (Kind kind : List.of(Kind.DEVICE_ONLY)) {
      assertRefused(kind);
    }
    choose(Kind.MANY_TO_ONE);
    for (Kind kind : List.of(Kind.DEVICE_ONLY, Kind.ONE_TO_ONE)) {
      assertRefused(kind);
    }
    assertThat(stores.plans.get(project).plan().kind()).isEqualTo(Kind.MANY_TO_ONE);
    assertThat(resolve(login("anna"), login("ben"))).containsExactly(1, 2);
  }

  @Test
  void usersOnlyTheDurableStoreKnowsCountToo() {
    stores.projector.apply("log", new Updates(project).event("anna", "").all());
    stores.redis.call("forget", commands -> commands.del("identity:{" + project + "}"));
    assertRefused(Kind.DEVICE_ONLY);
  }

  @Test
  void aDeviceThatLostItsLoginTakesNoOtherAfterALossEither() {
    Updates log =
        new Updates(project)
            .bind("anna", "phone")
            .unbind("anna", "")
            .bind("ben", "phone")
            .event("", "phone");
    stores.projector.apply("log", log.slice(0, 2));
    stores.redis.call("forget", commands -> commands.del("identity:{" + project + "}"));
    assertThat(stores.projector.apply("log", log.slice(2, 4)).userNumbers())
        .containsExactly(2L, 1L);
  }

  @Test
  void aProjectWithoutUsersMayChangeAsItLikes() {
    choose(Kind.MANY_TO_ONE);
    choose(Kind.DEVICE_ONLY);
    choose(Kind.ONE_TO_ONE);
    assertThat(resolve(bind("anna", "phone"), bind("anna", "tablet"), device("tablet")))
        .containsExactly(1, 1, 2);
  }

  @Test
  void aStaleEtagIsAborted() {
    Saved first = choose(Kind.MANY_TO_ONE);
    choose(Kind.DEVICE_ONLY);
    assertThatThrownBy(
            () ->
                change.change(
                    project, new IdentityPlan(Kind.ONE_TO_ONE), first.etag(), "person:ann"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.ABORTED));
    assertThat(resolve(bind("anna", "phone"))).containsExactly(1);
  }

  @Test
  void nobodyGetsANumberWhileThePlanIsChanged() {
    assertThat(stores.identities.close(project, Duration.ofMinutes(5))).isTrue();
    assertThatThrownBy(() -> resolve(login("anna")))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
    stores.identities.open(project);
    offset = 0;
    assertThat(resolve(login("anna"))).containsExactly(1);
  }

  @Test
  void aChangeThatNeverEndedDelaysNobodyForEver() {
    assertThat(stores.identities.close(project, Duration.ofMinutes(-1))).isTrue();
    assertThat(resolve(login("anna"))).containsExactly(1);
  }

  private Saved choose(Kind kind) {
    return change.change(project, new IdentityPlan(kind), "", "person:ann");
  }

  private void assertRefused(Kind kind) {
    assertThatThrownBy(() -> choose(kind))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION));
  }

  private List<Integer> resolve(Identifiers... records) {
    List<Claim> claims = new ArrayList<>();
    for (Identifiers ids : records) {
      claims.add(new Claim(offset++, ids));
    }
    return numbers("log", claims);
  }

  private List<Integer> numbers(String log, List<Claim> claims) {
    return stores.identities.resolve(project, log, claims).resolutions().stream()
        .map(Resolution::userNumber)
        .map(Long::intValue)
        .toList();
  }

  private static Identifiers device(String id) {
    return new Identifiers("", id, false);
  }

  private static Identifiers login(String id) {
    return new Identifiers(id, "", false);
  }

  private static Identifiers both(String login, String device) {
    return new Identifiers(login, device, false);
  }

  private static Identifiers bind(String login, String device) {
    return new Identifiers(login, device, true);
  }
}
