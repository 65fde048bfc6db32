package io.tenure.segment.domain.exposure;

import io.tenure.condition.domain.EventSelector;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.JourneyQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks how far pages are scrolled and which elements are seen and clicked.
 *
 * @param scope views must begin, and elements be seen and clicked, in its range
 * @param pages null for none
 * @param elements null for none
 * @param rule when a view is over that no other follows
 */
public record ExposureQuery(
    Scope scope, @Nullable Pages pages, @Nullable Elements elements, SessionRule rule)
    implements Question {

  static final int VIEW = 1;
  static final int SCROLL = 2;
  static final int SEEN = 4;
  static final int CLICKED = 8;

  /** Accepts pages, elements or both. */
  public ExposureQuery {
    if (pages == null && elements == null) {
      throw new IllegalArgumentException("Needs pages, elements or both");
    }
  }

  /**
   * Which events tell of pages.
   *
   * @param depth property of scroll events with the depth in percent
   */
  public record Pages(
      EventSelector view, EventSelector scroll, Column.Property page, Column.Property depth) {}

  /** Which events tell of elements. */
  public record Elements(EventSelector seen, EventSelector clicked, Column.Property element) {}

  /** A mask as if pages were asked for, whose bits come first. */
  int kinds(int mask) {
    return pages == null ? mask << 2 : mask;
  }

  /** Which attribute is the element's. */
  int elementAttribute() {
    return pages == null ? 0 : 1;
  }

  JourneyQuery journeys() {
    List<EventSelector> selectors = new ArrayList<>();
    List<Column> coded = new ArrayList<>();
    if (pages != null) {
      selectors.addAll(List.of(pages.view(), pages.scroll()));
      coded.add(pages.page());
    }
    if (elements != null) {
      selectors.addAll(List.of(elements.seen(), elements.clicked()));
      coded.add(elements.element());
    }
    Duration reach = pages == null ? Duration.ZERO : rule.longest();
    return JourneyQuery.of(
            scope.population(),
            JourneyQuery.reach(scope.range(), reach, reach),
            selectors,
            false,
            new JourneyQuery.Entry((1 << selectors.size()) - 1, scope.range()),
            true)
        .with(
            new JourneyQuery.Attributes(
                coded,
                List.of(),
                pages == null ? List.of() : List.of(new JourneyQuery.Text(pages.depth(), SCROLL))));
  }
}
