package io.tenure.segment.domain.attribution;

import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.tally.Amount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up credits, and decides who is behind each of them. */
final class AttributionTally implements Journeys.Tally<AttributionCell> {

  /** The source of conversions without a touch. */
  private static final int UNTOUCHED = -1;

  private static final int DIGITS = 9;

  private final AttributionQuery query;
  private final @Nullable Dictionary dictionary;
  private final AttributionFold fold;
  private final Credits credits;
  private final List<Map<Integer, Sum>> sums = new ArrayList<>();
  private final Sum all = new Sum();
  private long withoutAmount;
  private long user;

  AttributionTally(AttributionQuery query, List<Dictionary> dictionaries) {
    this.query = query;
    this.dictionary = dictionaries.isEmpty() ? null : dictionaries.getFirst();
    Set<Integer> direct = new HashSet<>();
    query.direct().forEach(text -> direct.add(key(Label.of(text))));
    this.fold = new AttributionFold(query, direct::contains);
    this.credits = new Credits(query.rules());
    for (AttributionModel _ : AttributionModel.values()) {
      sums.add(new HashMap<>());
    }
  }

  /** Adds the conversions of the next user. */
  @Override
  public void visit(Journey journey) {
    user++;
    fold.fold(journey, (event, touches) -> add(amount(journey, event), touches));
  }

  @Override
  public boolean isBehind(AttributionCell cell) {
    if (cell.model() == null) {
      return all.lastUser == user;
    }
    Sum sum =
        sums.get(cell.model().ordinal())
            .get(cell.source() == null ? UNTOUCHED : key(cell.source()));
    return sum != null && sum.lastUser == user;
  }

  Attribution result(boolean incomplete) {
    Map<Integer, Sum> linear = sums.get(AttributionModel.LINEAR.ordinal());
    Set<Integer> keys = new HashSet<>();
    sums.forEach(byModel -> keys.addAll(byModel.keySet()));
    List<Attribution.Row> rows =
        keys.stream()
            .sorted(
                Comparator.<Integer>comparingLong(
                        key -> linear.containsKey(key) ? -linear.get(key).share : 0)
                    .thenComparing(
                        AttributionTally.this::label, Comparator.nullsLast(Label::compareTo)))
            .map(key -> new Attribution.Row(label(key), credits(key)))
            .toList();
    return new Attribution(
        all.share / Credits.WHOLE, all.users, amount(all), withoutAmount, rows, incomplete);
  }

  private void add(@Nullable BigDecimal amount, Touches touches) {
    withoutAmount += query.amount() != null && amount == null ? 1 : 0;
    all.add(user, Credits.WHOLE, amount);
    for (AttributionModel model : AttributionModel.values()) {
      Map<Integer, Sum> byModel = sums.get(model.ordinal());
      if (touches.size() == 0) {
        sum(byModel, UNTOUCHED).add(user, Credits.WHOLE, amount);
      } else {
        credits
            .share(model, touches)
            .forEach((key, share) -> sum(byModel, key).add(user, share, amount));
      }
    }
  }

  private static Sum sum(Map<Integer, Sum> sums, int key) {
    return sums.computeIfAbsent(key, _ -> new Sum());
  }

  private @Nullable BigDecimal amount(Journey journey, int event) {
    return query.amount() == null ? null : Amount.number(journey.value(0, event));
  }

  private List<Attribution.Credit> credits(int key) {
    List<Attribution.Credit> written = new ArrayList<>();
    for (AttributionModel model : AttributionModel.values()) {
      Sum sum = sums.get(model.ordinal()).getOrDefault(key, new Sum());
      written.add(
          new Attribution.Credit(
              model, BigDecimal.valueOf(sum.share, DIGITS), amount(sum), sum.users));
    }
    return List.copyOf(written);
  }

  private @Nullable BigDecimal amount(Sum sum) {
    return query.amount() == null ? null : sum.amount.scaleByPowerOfTen(-DIGITS);
  }

  private @Nullable Label label(int key) {
    if (key == UNTOUCHED) {
      return null;
    }
    return dictionary == null ? Label.of(query.touches().get(key).name()) : dictionary.label(key);
  }

  private int key(Label label) {
    if (dictionary != null) {
      int code = dictionary.code(label);
      return code < 0 ? Integer.MIN_VALUE : code;
    }
    for (int touch = 0; touch < query.touches().size(); touch++) {
      if (query.touches().get(touch).name().equals(label.text())) {
        return touch;
      }
    }
    return Integer.MIN_VALUE;
  }

  private static final class Sum {
    private long share;
    private BigDecimal amount = BigDecimal.ZERO;
    private long users;
    private long lastUser;

    void add(long user, long part, @Nullable BigDecimal whole) {
      share += part;
      if (whole != null) {
        amount = amount.add(whole.multiply(BigDecimal.valueOf(part)));
      }
      users += lastUser == user ? 0 : 1;
      lastUser = user;
    }
  }
}
