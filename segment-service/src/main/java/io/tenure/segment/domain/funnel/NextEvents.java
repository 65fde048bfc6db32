package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.funnel.Funnel.NextEvent;
import io.tenure.segment.domain.funnel.FunnelCut.Stretch;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.tally.Samples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where the lost went: the first event later than the last step done, as long as the attempt could
 * have gone on, and how long the user dwelt until then.
 */
final class NextEvents {

  private static final Label OTHER = new Label(null, true);

  private final FunnelQuery query;
  private final Dictionary names;

  /** For each step by the number of the event's name; {@link Dictionary#NONE} for no event. */
  private final List<Map<Integer, Samples>> dwell;

  NextEvents(FunnelQuery query, Dictionary names) {
    this.query = query;
    this.names = names;
    this.dwell =
        IntStream.range(0, query.steps().size())
            .<Map<Integer, Samples>>mapToObj(_ -> new HashMap<>())
            .toList();
  }

  void add(Attempt attempt, Stretch stretch, Journey journey) {
    int step = query.rules().lostBefore(attempt.reached());
    if (step == query.steps().size()) {
      return;
    }
    long left = attempt.timeOf(attempt.reached() - 1);
    int event = journey.firstAfter(left);
    boolean goesOn =
        event < journey.size() && journey.time(event) <= query.lastMillis(attempt, stretch);
    dwell
        .get(step)
        .computeIfAbsent(goesOn ? journey.code(0, event) : Dictionary.NONE, _ -> new Samples())
        .add(journey.user(), goesOn ? journey.time(event) - left : 0);
  }

  List<NextEvent> result() {
    List<NextEvent> result = new ArrayList<>();
    for (int step = 0; step < dwell.size(); step++) {
      int lostBefore = step;
      shown(step)
          .forEach(
              (label, samples) ->
                  result.add(
                      new NextEvent(
                          lostBefore,
                          label,
                          samples.size(),
                          samples.users().length,
                          label.equals(Label.NONE) ? null : samples.median())));
    }
    return List.copyOf(result);
  }

  /** Users lost before a step who went on with an event, ascending. */
  long[] users(int step, Label event) {
    return shown(step).getOrDefault(event, new Samples()).users();
  }

  /** The most frequent ones; no event at all is one of them, and all others are one more. */
  private Map<Label, Samples> shown(int step) {
    List<Map.Entry<Integer, Samples>> sorted = new ArrayList<>(dwell.get(step).entrySet());
    sorted.sort(
        Comparator.<Map.Entry<Integer, Samples>>comparingInt(entry -> -entry.getValue().size())
            .thenComparing(Map.Entry::getKey));
    Map<Label, Samples> shown = new LinkedHashMap<>();
    Samples others = new Samples();
    for (Map.Entry<Integer, Samples> entry : sorted) {
      boolean told = shown.size() < query.split().nextEvents() && !names.isRare(entry.getKey());
      if (told) {
        shown.put(names.label(entry.getKey()), entry.getValue());
      } else {
        others.addAll(entry.getValue());
      }
    }
    if (others.size() > 0) {
      shown.put(OTHER, others);
    }
    return shown;
  }
}
