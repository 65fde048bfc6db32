package io.tenure.profile.domain.export;

import io.tenure.profile.domain.merge.Merge;
import io.tenure.profile.domain.merge.Merges;
import java.util.List;

/**
 * Which users turned out to be the person, and why, newest first. A merge that was undone again is
 * left out: it was with somebody else.
 */
public final class MergeSource implements Source {

  private static final int PAGE = 1_000;

  private final Merges merges;

  /** The merges of a store. */
  public MergeSource(Merges merges) {
    this.merges = merges;
  }

  @Override
  public void write(Person person, Document document) {
    document.section("merges");
    String before = "";
    List<Merge> page;
    do {
      page = merges.list(person.project(), person.numbers(), before, PAGE);
      for (Merge merge : page) {
        if (merge.state().holds() || merge.state() == Merge.State.FINAL) {
          document.record(
              new JsonRecord()
                  .put("survivor", merge.survivor())
                  .put("absorbed", merge.absorbed())
                  .put("automatic", merge.automatic())
                  .put("reason", merge.reason())
                  .put("create_time", merge.createTime())
                  .text());
        }
        before = merge.id();
      }
    } while (page.size() == PAGE);
  }
}
