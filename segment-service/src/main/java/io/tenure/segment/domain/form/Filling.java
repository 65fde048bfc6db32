package io.tenure.segment.domain.form;

import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Label;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One user's way through a form. The question begun last is the one the time goes to, until it is
 * left, another one is begun, or the filling ends.
 */
final class Filling {

  /** What became of one question. */
  static final class Visit {
    private boolean started;
    private long answers;
    private long returns;
    private long time;

    boolean started() {
      return started;
    }

    long answers() {
      return answers;
    }

    long returns() {
      return returns;
    }

    long time() {
      return time;
    }
  }

  private final int focus;
  private final int change;
  private final int blur;
  private final Map<Integer, Visit> visits = new LinkedHashMap<>();
  private @Nullable Visit running;
  private long since;
  private int lastShown;
  private int lastStarted;

  Filling(FormQuery.Actions actions, Dictionary texts) {
    this.focus = texts.code(Label.of(actions.focus()));
    this.change = texts.code(Label.of(actions.change()));
    this.blur = texts.code(Label.of(actions.blur()));
  }

  void start() {
    visits.clear();
    running = null;
    lastShown = Dictionary.NONE;
    lastStarted = Dictionary.NONE;
  }

  /** Something happens to a question. */
  void take(int question, int action, long time) {
    if (question == Dictionary.NONE) {
      return;
    }
    Visit visit = visits.computeIfAbsent(question, _ -> new Visit());
    lastShown = question;
    if (action == focus || action == change) {
      touch(question, visit, time);
      visit.answers += action == change ? 1 : 0;
    } else if (action == blur && running == visit) {
      pause(time);
    }
  }

  /** The filling ends, or its last event has come. */
  void pause(long time) {
    if (running != null) {
      running.time += time - since;
      running = null;
    }
  }

  /** By question, in the order in which they are come to. */
  Map<Integer, Visit> visits() {
    return visits;
  }

  /** The question begun last; the one shown last when none was begun. */
  int last() {
    return lastStarted == Dictionary.NONE ? lastShown : lastStarted;
  }

  private void touch(int question, Visit visit, long time) {
    if (running != visit) {
      pause(time);
      running = visit;
      since = time;
    }
    visit.returns += visit.started && lastStarted != question ? 1 : 0;
    visit.started = true;
    lastStarted = question;
  }
}
