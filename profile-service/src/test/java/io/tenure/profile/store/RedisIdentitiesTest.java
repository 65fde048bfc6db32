package io.tenure.profile.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identities.Claim;
import io.tenure.profile.domain.Resolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RedisIdentitiesTest {

  private static ProfileStores stores;

  private final ProjectId project = ProfileStores.project();

  @BeforeAll
  static void open() {
    stores = ProfileStores.open();
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @Test
  void numbersAreDenseFromOne() {
    assertThat(resolve(device("a"), login("b"), device("c"), device("a")))
        .containsExactly(1, 2, 3, 1);
  }

  @Test
  void aDevicesHistoryBelongsToTheLoginItFirstBindsTo() {
    assertThat(resolve(device("phone"), bind("李雷", "phone"), login("李雷"), device("phone")))
        .containsOnly(1);
  }

  @Test
  void aSecondLoginOnTheDeviceIsItsOwnUser() {
    assertThat(resolve(bind("anna", "phone"), bind("ben", "phone"), device("phone"), login("ben")))
        .containsExactly(1, 2, 1, 2);
  }

  @Test
  void aSecondDeviceOfTheLoginIsNotBound() {
    assertThat(resolve(bind("anna", "phone"), bind("anna", "tablet"), device("tablet")))
        .containsExactly(1, 1, 2);
  }

  @Test
  void aLoginKnownWithoutADeviceTakesAnUnknownDevice() {
    assertThat(resolve(login("anna"), bind("anna", "phone"), device("phone")))
        .containsExactly(1, 1, 1);
  }

  @Test
  void twoKnownUsersAreNeverMerged() {
    assertThat(resolve(login("anna"), device("phone"), bind("anna", "phone"), device("phone")))
        .containsExactly(1, 2, 1, 2);
  }

  @Test
  void aRecordWithBothIdsBelongsToTheLogin() {
    assertThat(resolve(device("phone"), both("anna", "phone"), device("phone")))
        .containsExactly(1, 2, 1);
  }

  @Test
  void aLoginIdAndADeviceIdWithTheSameTextAreTwoUsers() {
    assertThat(resolve(login("42"), device("42"))).containsExactly(1, 2);
    assertThat(stores.identities.find(project, List.of("42")).userNumbers()).containsExactly(1L);
  }

  @Test
  void projectsNumberTheirUsersSeparately() {
    assertThat(resolve(device("a"), device("b"))).containsExactly(1, 2);
    assertThat(numbers(ProfileStores.project(), List.of(device("b")))).containsExactly(1L);
  }

  @Test
  void findingCreatesNobody() {
    assertThat(stores.identities.find(project, List.of("nobody", "no")).userNumbers())
        .containsExactly(0L, 0L);
    assertThat(resolve(device("first"))).containsExactly(1);
  }

  /** Any history, cut anywhere, with any part repeated, resolves as the plan in plain Java does. */
  @Test
  void agreesWithAPlainModelUnderAnyReplay() {
    Generator<Identifiers> records =
        random ->
            switch (random.nextInt(4)) {
              case 0 -> device("d" + random.nextInt(5));
              case 1 -> login("l" + random.nextInt(5));
              case 2 -> both("l" + random.nextInt(5), "d" + random.nextInt(5));
              default -> bind("l" + random.nextInt(5), "d" + random.nextInt(5));
            };
    Generator<List<Identifiers>> histories = Generator.lists(records, 30);
    Property.forAll(
        150,
        histories,
        history -> {
          ProjectId fresh = ProfileStores.project();
          Model model = new Model();
          List<Resolution> expected = new ArrayList<>();
          history.forEach(record -> expected.add(model.resolve(record)));
          int cut = history.size() / 3;
          List<Long> first = numbers(fresh, history.subList(0, cut));
          List<Long> again = numbers(fresh, history);
          List<Long> twice = numbers(fresh, history);
          List<Long> tail = numbers(fresh, history.subList(cut, history.size()));
          List<Long> all = expected.stream().map(Resolution::userNumber).toList();
          assertThat(first).isEqualTo(all.subList(0, cut));
          assertThat(again).isEqualTo(all);
          assertThat(twice).isEqualTo(all);
          assertThat(tail).isEqualTo(all.subList(cut, all.size()));
          assertThat(
                  stores.identities.resolve(fresh, "log", claims(history, 0)).resolutions().stream()
                      .map(Resolution::ownsDevice))
              .isEqualTo(history.stream().map(model::ownsDevice).toList());
        });
  }

  /** Any history in which ids are taken away too, cut and repeated anywhere. */
  @Test
  void agreesWithAPlainModelWhenIdsAreTakenAway() {
    Generator<Identifiers> records =
        random ->
            switch (random.nextInt(6)) {
              case 0 -> device("d" + random.nextInt(3));
              case 1 -> login("l" + random.nextInt(3));
              case 2 -> both("l" + random.nextInt(3), "d" + random.nextInt(3));
              case 3 -> unbindDevice("d" + random.nextInt(3));
              case 4 -> unbindLogin("l" + random.nextInt(3));
              default -> bind("l" + random.nextInt(3), "d" + random.nextInt(3));
            };
    Property.forAll(
        150,
        Generator.lists(records, 30),
        history -> {
          ProjectId fresh = ProfileStores.project();
          Model model = new Model();
          List<Long> all = new ArrayList<>();
          history.forEach(record -> all.add(model.resolve(record).userNumber()));
          int cut = history.size() / 3;
          List<Identifiers> head = history.subList(0, cut);
          List<Identifiers> tail = history.subList(cut, history.size());
          assertThat(numbers(fresh, head, 0)).isEqualTo(all.subList(0, cut));
          assertThat(numbers(fresh, head, 0)).as("repeated").isEqualTo(all.subList(0, cut));
          assertThat(numbers(fresh, tail, cut)).isEqualTo(all.subList(cut, all.size()));
          assertThat(numbers(fresh, tail, cut))
              .as("repeated")
              .isEqualTo(all.subList(cut, all.size()));
          assertThat(numbers(fresh, history, 0)).as("from the beginning").isEqualTo(all);
        });
  }

  @Test
  void anIdThatWasTakenAwayIsANewUserLater() {
    assertThat(
            resolve(
                device("phone"),
                bind("anna", "phone"),
                unbindDevice("phone"),
                device("phone"),
                login("anna"),
                bind("ben", "phone")))
        .containsExactly(1, 1, 1, 2, 1, 2);
  }

  @Test
  void aLoginThatLostItsDeviceTakesAnother() {
    assertThat(
            resolve(
                bind("anna", "phone"),
                unbindDevice("phone"),
                bind("anna", "tablet"),
                device("tablet"),
                bind("anna", "watch"),
                device("watch")))
        .containsExactly(1, 1, 1, 1, 1, 2);
  }

  /** Or the next login on that phone would get the history of the one before. */
  @Test
  void aDeviceThatLostItsLoginTakesNoOther() {
    assertThat(
            resolve(
                bind("anna", "phone"),
                unbindLogin("anna"),
                login("anna"),
                bind("ben", "phone"),
                device("phone")))
        .containsExactly(1, 1, 2, 3, 1);
  }

  @Test
  void anotherLogHasItsOwnPast() {
    resolve(device("phone"), unbindDevice("phone"), device("phone"));

    assertThat(
            stores
                .identities
                .resolve(project, "another", claims(List.of(device("phone")), 0))
                .resolutions()
                .getFirst()
                .userNumber())
        .isEqualTo(2);
  }

  @Test
  void takingAnUnknownIdAwayNamesANewUser() {
    assertThat(resolve(unbindDevice("phone"), device("phone"))).containsExactly(1, 2);
  }

  private static List<Long> numbers(ProjectId project, List<Identifiers> history) {
    return numbers(project, history, 0);
  }

  private static List<Long> numbers(ProjectId project, List<Identifiers> history, long offset) {
    return stores.identities.resolve(project, "log", claims(history, offset)).resolutions().stream()
        .map(Resolution::userNumber)
        .toList();
  }

  private static List<Claim> claims(List<Identifiers> history, long offset) {
    List<Claim> claims = new ArrayList<>();
    history.forEach(ids -> claims.add(new Claim(offset + claims.size(), ids)));
    return claims;
  }

  private static Identifiers unbindDevice(String id) {
    return new Identifiers("", id, Identifiers.Link.UNBIND);
  }

  private static Identifiers unbindLogin(String id) {
    return new Identifiers(id, "", Identifiers.Link.UNBIND);
  }

  private List<Integer> resolve(Identifiers... records) {
    return numbers(project, List.of(records)).stream().map(Long::intValue).toList();
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

  /** The one-to-one plan, written down as plainly as possible. */
  private static final class Model {
    private final Map<String, Long> logins = new HashMap<>();
    private final Map<String, Long> devices = new HashMap<>();
    private final Set<Long> paired = new HashSet<>();
    private long last;

    Resolution resolve(Identifiers record) {
      if (record.link() == Identifiers.Link.UNBIND) {
        return new Resolution(unbind(record), false, false, false);
      }
      if (record.loginId().isEmpty()) {
        return new Resolution(user(devices, record.anonymousId()), false, false, true);
      }
      if (record.link() == Identifiers.Link.BIND) {
        bind(record.loginId(), record.anonymousId());
      }
      return new Resolution(user(logins, record.loginId()), false, true, false);
    }

    boolean ownsDevice(Identifiers record) {
      @Nullable Long owner = devices.get(record.anonymousId());
      return !record.anonymousId().isEmpty()
          && owner != null
          && (record.loginId().isEmpty() || owner.equals(logins.get(record.loginId())));
    }

    private long unbind(Identifiers record) {
      if (record.loginId().isEmpty()) {
        long user = user(devices, record.anonymousId());
        devices.remove(record.anonymousId());
        paired.remove(user);
        return user;
      }
      long user = user(logins, record.loginId());
      logins.remove(record.loginId());
      return user;
    }

    private void bind(String login, String device) {
      @Nullable Long loginUser = logins.get(login);
      @Nullable Long deviceUser = devices.get(device);
      boolean taken =
          (loginUser != null && paired.contains(loginUser))
              || (deviceUser != null && paired.contains(deviceUser));
      if (taken || (loginUser != null && deviceUser != null)) {
        return;
      }
      long user = loginUser != null ? loginUser : deviceUser != null ? deviceUser : ++last;
      logins.put(login, user);
      devices.put(device, user);
      paired.add(user);
    }

    private long user(Map<String, Long> users, String id) {
      return users.computeIfAbsent(id, unknown -> ++last);
    }
  }
}
