package io.tenure.segment.domain.form;

import io.tenure.segment.domain.form.FormCell.Figure;
import io.tenure.segment.domain.track.Counts;
import io.tenure.segment.domain.track.Dictionary;
import io.tenure.segment.domain.track.Label;
import io.tenure.segment.domain.track.Samples;
import io.tenure.segment.domain.track.Track;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes one user's events after another apart into fillings, and counts what becomes of them. */
final class FormTally {

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
  void add(Track track) {
    counts.nextUser();
    for (int first = 0; first < track.size(); ) {
      int end = query.rule().end(track, first, 0, FormQuery.SUBMIT);
      if (track.time(first) >= rangeStart
          && track.time(first) < rangeEnd
          && !track.is(first, FormQuery.SUBMIT)) {
        filling(track, first, end);
      }
      first = end;
    }
  }

  /** Whether the user added last is behind a number. */
  boolean isBehind(FormCell cell) {
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

  private void filling(Track track, int first, int end) {
    filling.start();
    for (int event = first; event < end; event++) {
      if (!track.is(event, FormQuery.SUBMIT)) {
        filling.take(track.code(0, event), track.code(1, event), track.time(event));
      }
    }
    long last = track.time(end - 1);
    filling.pause(last);
    Figure fate = fate(track, first, end);
    counts.add(new FormCell(Figure.STARTED, null));
    counts.add(new FormCell(fate, null));
    if (fate == Figure.SUBMITTED) {
      submitTimes.add(track.user(), last - track.time(first));
    } else if (fate == Figure.ABANDONED && filling.last() != Dictionary.NONE) {
      counts.add(new FormCell(Figure.ABANDONED, questions.label(filling.last())));
    }
    long place = 0;
    for (Map.Entry<Integer, Filling.Visit> visit : filling.visits().entrySet()) {
      Label label = questions.label(visit.getKey());
      places.merge(label, place++, Long::sum);
      visit(track.user(), label, visit.getValue());
    }
  }

  private Figure fate(Track track, int first, int end) {
    if (track.is(end - 1, FormQuery.SUBMIT)) {
      return Figure.SUBMITTED;
    }
    boolean goesOn =
        end == track.size()
            && track.time(end - 1) + query.rule().idle().toMillis() >= now
            && track.time(first) + query.rule().longest().toMillis() > now;
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
