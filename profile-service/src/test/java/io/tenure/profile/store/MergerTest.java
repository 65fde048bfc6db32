package io.tenure.profile.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.MutableClock;
import io.tenure.profile.CollectorSchema;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identity;
import io.tenure.profile.domain.ProfileEditor;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.Updates;
import io.tenure.profile.domain.merge.IdMoves;
import io.tenure.profile.domain.merge.Merge;
import io.tenure.profile.domain.merge.Merge.State;
import io.tenure.profile.domain.merge.MergeDecisions;
import io.tenure.profile.domain.merge.Merger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written down is answered with, whoever ends it and whenever. */
final class MergerTest {

  private static final MutableClock CLOCK = new MutableClock(Updates.MONDAY);

  private static ProfileStores stores;

  private final ProjectId project = ProfileStores.project();

  @BeforeAll
  static void open() {
    stores = ProfileStores.open(CLOCK);
    CollectorSchema.create(stores.clickHouse);
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @BeforeEach
  void twoUsers() {
    stores.projector.apply("log", List.of(record(0, "u1"), record(1, "u2")));
  }

  @Test
  void mergeUnderWayIsLeftToWhoDoesIt() {
    Merger other = merger(stores.identities.moves());
    Merge merge = merge(merger(interrupted(other::recover)));
    assertThat(merge.state()).isEqualTo(State.MERGED);
    assertThat(merge.revision()).isEqualTo(2);
  }

  @Test
  void mergeThatAnotherProcessCarriedOnIsDone() {
    Merger other = merger(stores.identities.moves());
    Merge merge =
        merge(
            merger(
                interrupted(
                    () -> {
                      CLOCK.advance(IdMoves.SHORT_HOLD);
                      other.recover();
                    })));
    assertThat(merge.state()).isEqualTo(State.MERGED);
    assertOneUser();
  }

  @Test
  void mergeThatCannotBeEndedNowIsUnderWay() {
    Merge merge = merge(merger(interrupted(MergerTest::fail)));
    assertThat(merge.state()).isEqualTo(State.MERGING);
    CLOCK.advance(IdMoves.SHORT_HOLD);
    Merger other = merger(stores.identities.moves());
    other.recover();
    assertThat(other.undo(project, merge.id(), "person:ben").state()).isEqualTo(State.UNDONE);
  }

  @Test
  void undoingThatCannotBeEndedNowIsUnderWay() {
    Merger other = merger(stores.identities.moves());
    Merge merge = merge(other);
    Merge undoing = merger(interrupted(MergerTest::fail)).undo(project, merge.id(), "person:ben");
    assertThat(undoing.state()).isEqualTo(State.UNDOING);
    assertThat(undoing.endAuthor()).isEqualTo("person:ben");
    CLOCK.advance(IdMoves.SHORT_HOLD);
    other.recover();
    assertThat(stores.get(project, "u1").user()).isNotEqualTo(stores.get(project, "u2").user());
  }

  private Merge merge(Merger merger) {
    return merger.merge(project, "u1", "u2", false, "person:ann", "seen together");
  }

  private void assertOneUser() {
    assertThat(stores.get(project, "u1").user()).isEqualTo(stores.get(project, "u2").user());
  }

  private ProfileUpdate record(long offset, String login) {
    return new ProfileUpdate(
        offset, project, new Identifiers(login, "", false), Updates.MONDAY, "open", List.of());
  }

  private static void fail() {
    throw Failure.unavailable("The hot store does not answer", Duration.ofSeconds(1));
  }

  private static Merger merger(IdMoves moves) {
    return new Merger(
        stores.directory,
        new ProfileEditor(stores.identities, stores.hot, stores.durable, CLOCK, 8),
        moves,
        new ClickHouseMerges(stores.clickHouse),
        new ClickHouseOverrides(stores.clickHouse),
        new MergeDecisions(stores.decisions),
        CLOCK);
  }

  /** Something happens before ids change hands. */
  private static IdMoves interrupted(Runnable happening) {
    IdMoves moves = stores.identities.moves();
    return new IdMoves() {
      @Override
      public Holding hold(ProjectId project, String holder, Collection<Identity> ids) {
        return moves.hold(project, holder, ids);
      }

      @Override
      public boolean move(
          ProjectId project, String holder, long from, long to, Collection<Identity> ids) {
        happening.run();
        return moves.move(project, holder, from, to, ids);
      }

      @Override
      public void end(ProjectId project, String holder) {
        moves.end(project, holder);
      }
    };
  }
}
