package io.tenure.segment.domain.exposure;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import io.tenure.segment.domain.journey.Label;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far pages are scrolled and which elements are seen and clicked.
 *
 * @param pages the most viewed first
 * @param elements the most seen first
 */
public record Exposure(List<Page> pages, List<Element> elements) implements Answer {

  /** How often, and by how many. */
  public record Count(long times, long users) {}

  /**
   * One page.
   *
   * @param reached ten counts, of views that reached 10, 20, ... 100 percent
   * @param medianDwell null without any view
   */
  public record Page(
      Label label, Count views, List<Count> reached, @Nullable Duration medianDwell) {}

  /** One element. */
  public record Element(Label label, Count seen, Count clicked, Count clickedWhenSeen) {

    /** Clicks of those who had seen it by exposures; 0 without any. */
    public double clickRate() {
      return seen.times() == 0 ? 0 : (double) clickedWhenSeen.times() / seen.times();
    }

    /** Share of the users who saw it that clicked it then; 0 without any. */
    public double userClickRate() {
      return seen.users() == 0 ? 0 : (double) clickedWhenSeen.users() / seen.users();
    }
  }

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("kind", Type.TEXT)
            .column("name", Type.TEXT)
            .column("percent", Type.COUNT)
            .column("times", Type.COUNT)
            .column("users", Type.COUNT)
            .column("median_dwell", Type.DURATION);
    for (Page page : pages) {
      row(table, "view", page.label(), 0L, page.views(), page.medianDwell());
      long percent = 0;
      for (Count reached : page.reached()) {
        percent += 10;
        row(table, "reached", page.label(), percent, reached, null);
      }
    }
    for (Element element : elements) {
      row(table, "seen", element.label(), null, element.seen(), null);
      row(table, "clicked", element.label(), null, element.clicked(), null);
      row(table, "clicked_when_seen", element.label(), null, element.clickedWhenSeen(), null);
    }
    return table.build();
  }

  private static void row(
      Table.Builder table,
      String kind,
      Label label,
      @Nullable Long percent,
      Count count,
      @Nullable Duration dwell) {
    table.row(kind, label.text(), percent, count.times(), count.users(), dwell);
  }
}
