package io.tenure.segment.domain.exposure;

import io.tenure.segment.domain.exposure.ExposureCell.Figure;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.tally.Counts;
import io.tenure.segment.domain.tally.Samples;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Counts one user's views, exposures and clicks after another's. */
final class ExposureTally implements Journeys.Tally<ExposureCell> {

  private final ExposureQuery query;
  private final List<Dictionary> dictionaries;
  private final PageViews views;
  private final long rangeStart;
  private final long rangeEnd;
  private final Counts<ExposureCell> counts = new Counts<>();
  private final Map<Label, Samples> dwells = new HashMap<>();
  private final Set<Label> elements = new HashSet<>();
  private final Set<Integer> seen = new HashSet<>();

  ExposureTally(ExposureQuery query, List<Dictionary> dictionaries) {
    this.query = query;
    this.dictionaries = dictionaries;
    this.views = new PageViews(query);
    this.rangeStart = query.scope().range().start().toEpochMilli();
    this.rangeEnd = query.scope().range().end().toEpochMilli();
  }

  /** Adds the next user. */
  @Override
  public void visit(Journey journey) {
    counts.nextUser();
    if (query.pages() != null) {
      views.fold(
          journey,
          (page, start, depth, dwell) -> {
            if (isInRange(start)) {
              view(journey.user(), dictionaries.getFirst().label(page), depth, dwell);
            }
          });
    }
    if (query.elements() != null) {
      elements(journey);
    }
  }

  @Override
  public boolean isBehind(ExposureCell cell) {
    return counts.has(cell);
  }

  Exposure result() {
    return new Exposure(
        dwells.keySet().stream()
            .sorted(
                Comparator.<Label>comparingLong(
                        page -> -counts.times(new ExposureCell.Page(page, 0)))
                    .thenComparing(Comparator.naturalOrder()))
            .map(this::page)
            .toList(),
        elements.stream()
            .sorted(
                Comparator.<Label>comparingLong(
                        element -> -counts.times(new ExposureCell.Element(element, Figure.SEEN)))
                    .thenComparing(Comparator.naturalOrder()))
            .map(this::element)
            .toList());
  }

  private void view(long user, Label page, double depth, long dwell) {
    counts.add(new ExposureCell.Page(page, 0));
    for (int tenths = 1; tenths <= 10 && depth >= tenths * 10; tenths++) {
      counts.add(new ExposureCell.Page(page, tenths));
    }
    dwells.computeIfAbsent(page, _ -> new Samples()).add(user, dwell);
  }

  /** Of one instant exposures come before clicks. */
  private void elements(Journey journey) {
    seen.clear();
    for (int first = 0; first < journey.size(); ) {
      int end = first + 1;
      while (end < journey.size() && journey.time(end) == journey.time(first)) {
        end++;
      }
      for (int event = first; event < end; event++) {
        take(journey, event, ExposureQuery.SEEN);
      }
      for (int event = first; event < end; event++) {
        take(journey, event, ExposureQuery.CLICKED);
      }
      first = end;
    }
  }

  private void take(Journey journey, int event, int kind) {
    if ((query.kinds(journey.mask(event)) & kind) == 0 || !isInRange(journey.time(event))) {
      return;
    }
    int code = journey.code(query.elementAttribute(), event);
    Label element = dictionaries.get(query.elementAttribute()).label(code);
    elements.add(element);
    if (kind == ExposureQuery.SEEN) {
      seen.add(code);
      counts.add(new ExposureCell.Element(element, Figure.SEEN));
      return;
    }
    counts.add(new ExposureCell.Element(element, Figure.CLICKED));
    if (seen.contains(code)) {
      counts.add(new ExposureCell.Element(element, Figure.CLICKED_WHEN_SEEN));
    }
  }

  private Exposure.Page page(Label page) {
    return new Exposure.Page(
        page,
        count(new ExposureCell.Page(page, 0)),
        IntStream.rangeClosed(1, 10)
            .mapToObj(tenths -> count(new ExposureCell.Page(page, tenths)))
            .toList(),
        dwells.getOrDefault(page, new Samples()).median());
  }

  private Exposure.Element element(Label element) {
    return new Exposure.Element(
        element,
        count(new ExposureCell.Element(element, Figure.SEEN)),
        count(new ExposureCell.Element(element, Figure.CLICKED)),
        count(new ExposureCell.Element(element, Figure.CLICKED_WHEN_SEEN)));
  }

  private Exposure.Count count(ExposureCell cell) {
    return new Exposure.Count(counts.times(cell), counts.users(cell));
  }

  private boolean isInRange(long time) {
    return time >= rangeStart && time < rangeEnd;
  }
}
