package io.tenure.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RegisterTest {

  private static final ProjectId BANK = new ProjectId("bank");

  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryDirectory directory = new MemoryDirectory();
  private final Register register = new Register(directory, clock);
  private final Keys keys = new Keys(directory, register, clock);

  private static final class MemoryDirectory implements Directory {
    private final List<Person> people = new ArrayList<>();
    private final List<Project> projects = new ArrayList<>();
    private final List<AccessKey> keys = new ArrayList<>();
    private int changes = 1;
    private int loads;
    private boolean down;

    @Override
    public Content load() {
      loads++;
      return new Content(List.copyOf(people), List.copyOf(projects), List.copyOf(keys));
    }

    @Override
    public String version() {
      if (down) {
        throw Failure.unavailable("down", Duration.ofSeconds(1));
      }
      return Integer.toString(changes);
    }

    @Override
    public void add(Person person, String author) {
      people.add(person);
      changes++;
    }

    @Override
    public void add(Project project, String author) {
      projects.add(project);
      changes++;
    }

    @Override
    public void add(AccessKey key, String author) {
      keys.add(key);
      changes++;
    }

    @Override
    public void replace(AccessKey key, String author) {
      keys.replaceAll(old -> old.id().equals(key.id()) ? key : old);
      changes++;
    }
  }

  @Test
  void findsAKeyByItsTextOnly() {
    Keys.NewKey created = keys.create(BANK, "app", AccessKey.Kind.WRITE, Role.WRITER, "test");
    assertThat(register.key(created.text())).contains(created.key());
    assertThat(register.key(created.text() + "0")).isEmpty();
    assertThat(created.key().fingerprint()).doesNotContain(created.text());
  }

  @Test
  void seesARevocationElsewhereWithinItsFreshness() {
    Keys.NewKey created = keys.create(BANK, "app", AccessKey.Kind.WRITE, Role.WRITER, "test");
    assertThat(register.key(created.text())).isPresent();
    directory.replace(created.key().revoked(clock.instant()), "another gateway");
    clock.advance(Register.FRESHNESS.plusMillis(2));
    assertThat(register.key(created.text())).isEmpty();
  }

  @Test
  void asksOnceASecondForKeysNobodyKnows() {
    directory.add(new Person("ada", Role.ANALYST, ""), "test");
    register.person("ada");
    int before = directory.loads;
    for (int attempt = 0; attempt < 1000; attempt++) {
      directory.changes++;
      assertThat(register.key("wk_" + attempt)).isEmpty();
    }
    assertThat(directory.loads - before).isLessThanOrEqualTo(1);
  }

  @Test
  void keepsAnsweringWhileTheStoresAreDown() {
    directory.add(new Person("ada", Role.ADMINISTRATOR, ""), "test");
    Keys.NewKey created = keys.create(BANK, "app", AccessKey.Kind.WRITE, Role.WRITER, "test");
    assertThat(register.key(created.text())).isPresent();
    directory.down = true;
    clock.advance(Duration.ofHours(1));
    assertThat(register.key(created.text())).isPresent();
  }

  @Test
  void failsWhenItNeverSawTheDirectory() {
    directory.down = true;
    assertThatThrownBy(() -> register.key("wk_x")).isInstanceOf(Failure.class);
  }
}
