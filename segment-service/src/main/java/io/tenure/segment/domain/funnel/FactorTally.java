package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.funnel.Funnel.Factor;
import io.tenure.segment.domain.funnel.FunnelCut.Stretch;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.tally.Counts;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How often each factor goes with attempts that did all steps, and with those that did not. */
final class FactorTally {

  private final FunnelQuery query;
  private final Factors factors;
  private final List<Dictionary> dictionaries;
  private final List<Column> asked;
  private final int steps;

  /** How many coded attributes come before those that are factors. */
  private final int offset;

  private final Counts<Side> counts = new Counts<>();
  private final Set<Code> codes = new HashSet<>();
  private final BitSet names = new BitSet();
  private long complete;
  private long lost;

  FactorTally(FunnelQuery query, Factors factors, List<Dictionary> dictionaries) {
    this.query = query;
    this.factors = factors;
    this.dictionaries = dictionaries;
    this.asked = query.factors();
    this.offset = dictionaries.size() - asked.size();
    this.steps = (1 << query.steps().size()) - 1;
  }

  void nextUser() {
    counts.nextUser();
  }

  void add(Attempt attempt, Stretch stretch, Journey journey) {
    boolean converted = attempt.reached() == query.steps().size();
    complete += converted ? 1 : 0;
    lost += converted ? 0 : 1;
    if (factors.events()) {
      events(attempt, stretch, journey, converted);
    }
    for (int attribute = factors.events() ? 1 : 0; attribute < asked.size(); attribute++) {
      int code = stretch.journey().code(offset + attribute, attempt.eventOf(0));
      count(attribute, code, converted);
    }
  }

  /** Whether a factor goes with a complete attempt of the user at hand, or with a lost one. */
  boolean has(FunnelCell.Factor factor, boolean converted) {
    int code = dictionaries.get(offset + factor.attribute()).code(factor.label());
    return counts.has(new Side(new Code(factor.attribute(), code), converted));
  }

  /** The clearest first: those whose interval lies furthest from making no difference. */
  List<Factor> result() {
    return codes.stream()
        .map(this::factor)
        .sorted(
            Comparator.comparingDouble((Factor factor) -> -factor.clearness())
                .thenComparing(Factor::attribute)
                .thenComparing(Factor::label))
        .limit(factors.limit())
        .toList();
  }

  private void events(Attempt attempt, Stretch stretch, Journey journey, boolean converted) {
    long last =
        converted ? attempt.timeOf(attempt.reached() - 1) : query.lastMillis(attempt, stretch);
    names.clear();
    int event = journey.firstAfter(attempt.timeOf(0) - 1);
    while (event < journey.size() && journey.time(event) <= last) {
      if (!journey.is(event, steps)) {
        names.set(journey.code(0, event));
      }
      event++;
    }
    names.stream().forEach(code -> count(0, code, converted));
  }

  private void count(int attribute, int code, boolean converted) {
    Code factor = new Code(attribute, code);
    codes.add(factor);
    counts.add(new Side(factor, converted));
  }

  private Factor factor(Code code) {
    return new Factor(
        code.attribute,
        asked.get(code.attribute),
        dictionaries.get(offset + code.attribute).label(code.number),
        new Odds(
            counts.times(new Side(code, true)),
            complete,
            counts.times(new Side(code, false)),
            lost));
  }

  /** A value of an attribute. */
  private record Code(int attribute, int number) {}

  private record Side(Code code, boolean converted) {}
}
