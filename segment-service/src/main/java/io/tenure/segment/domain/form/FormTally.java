package io.tenure.segment.domain.form;

import io.tenure.segment.domain.form.FormCell.Figure;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.tally.Counts;
import io.tenure.segment.domain.tally.Samples;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes one user's events after another apart into fillings, and counts what becomes of them. */
final class FormTally implements Journeys.Tally<FormCell> {

  private final FormQuery query;
  private final Dictionary questions;
  private final Filling filling;
  private final long rangeStart;
  private final long rangeEnd;
  private final long now;
  private final Counts<FormCell> counts = new Counts<>();
  private final Samples submitTimes = new Samples();
  private final Map<Label, Samples> times = new HashMap<>();
  private final Map<Label, Long> places = new HashMap<>();

  FormTally(FormQuery query, List<Dictionary> dictionaries, Instant now) {
    this.query = query;
    this.questions = dictionaries.getFirst();
    this.filling = new Filling(query.actions(), dictionaries.getLast());
    this.rangeStart = query.scope().range().start().toEpochMilli();
    this.rangeEnd = query.scope().range().end().toEpochMilli();
    this.now = now.toEpochMilli();
  }

  /** Adds the fillings of the next user. A submission without a question is none. */
  @Override
  public void visit(Journey journey) {
    counts.nextUser();
    for (int first = 0; first < journey.size(); ) {
      int end = journey.sessionEnd(first, query.rule(), 0, FormQuery.SUBMIT);
      if (journey.time(first) >= rangeStart
          && journey.time(first) < rangeEnd
          && !journey.is(first, FormQuery.SUBMIT)) {
        filling(journey, first, end);
      }
      first = end;
    }
  }

  @Override
  public boolean isBehind(FormCell cell) {
    return counts.has(cell);
  }

  FormLens result() {
    return new FormLens(
        count(Figure.STARTED, null),
        count(Figure.SUBMITTED, null),
        count(Figure.ABANDONED, null),
        count(Figure.OPEN, null),
        submitTimes.spread(),
        places.keySet().stream()
            .sorted(
                Comparator.<Label>comparingDouble(
                        label ->
                            (double) places.getOrDefault(label, 0L)
                                / counts.times(new FormCell(Figure.SHOWN, label)))
                    .thenComparing(Comparator.naturalOrder()))
            .map(this::question)
            .toList());
  }

  private void filling(Journey journey, int first, int end) {
    filling.start();
    for (int event = first; event < end; event++) {
      if (!journey.is(event, FormQuery.SUBMIT)) {
        filling.take(journey.code(0, event), journey.code(1, event), journey.time(event));
      }
    }
    long last = journey.time(end - 1);
    filling.pause(last);
    Figure fate = fate(journey, first, end);
    counts.add(new FormCell(Figure.STARTED, null));
    counts.add(new FormCell(fate, null));
    if (fate == Figure.SUBMITTED) {
      submitTimes.add(journey.user(), last - journey.time(first));
    } else if (fate == Figure.ABANDONED && filling.last() != Dictionary.NONE) {
      counts.add(new FormCell(Figure.ABANDONED, questions.label(filling.last())));
    }
    long place = 0;
    for (Map.Entry<Integer, Filling.Visit> visit : filling.visits().entrySet()) {
      Label label = questions.label(visit.getKey());
      places.merge(label, place++, Long::sum);
      visit(journey.user(), label, visit.getValue());
    }
  }

  private Figure fate(Journey journey, int first, int end) {
    if (journey.is(end - 1, FormQuery.SUBMIT)) {
      return Figure.SUBMITTED;
    }
    boolean goesOn =
        end == journey.size()
            && journey.time(end - 1) + query.rule().idle().toMillis() >= now
            && journey.time(first) + query.rule().longest().toMillis() > now;
    return goesOn ? Figure.OPEN : Figure.ABANDONED;
  }

  private void visit(long user, Label label, Filling.Visit visit) {
    counts.add(new FormCell(Figure.SHOWN, label));
    if (visit.started()) {
      counts.add(new FormCell(Figure.STARTED, label));
      times.computeIfAbsent(label, _ -> new Samples()).add(user, visit.time());
    }
    if (visit.answers() > 0) {
      counts.add(new FormCell(Figure.ANSWERED, label));
    }
    if (visit.answers() > 1) {
      counts.add(new FormCell(Figure.EDITED, label), visit.answers() - 1);
    }
    if (visit.returns() > 0) {
      counts.add(new FormCell(Figure.RETURNED, label), visit.returns());
    }
  }

  private FormLens.Question question(Label label) {
    @Nullable Samples time = times.get(label);
    return new FormLens.Question(
        label,
        count(Figure.SHOWN, label),
        count(Figure.STARTED, label),
        count(Figure.ANSWERED, label),
        count(Figure.EDITED, label),
        count(Figure.RETURNED, label),
        count(Figure.ABANDONED, label),
        time == null ? null : time.spread());
  }

  private FormLens.Count count(Figure figure, @Nullable Label label) {
    FormCell cell = new FormCell(figure, label);
    return new FormLens.Count(counts.times(cell), counts.users(cell));
  }
}
