package io.tenure.profile.domain.activity;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a trait that is a number, such as a balance, was at the end of the last days it changed. The
 * order is that of the changes: a late change counts to the latest day, because the trait has its
 * value from then on.
 *
 * <p>Its text is {@code DAY NUMBER} for each point, separated by semicolons, the day in epoch days
 * to the base 36.
 *
 * @param points the latest first
 */
public record NumberHistory(List<Point> points) {

  static final NumberHistory EMPTY = new NumberHistory(List.of());

  private static final int RADIX = 36;

  /** Longer numbers are not kept. */
  private static final int MAX_LENGTH = 40;

  /** Keeps its own copy. */
  public NumberHistory {
    points = List.copyOf(points);
  }

  /** A number and the day at whose end the trait had it. */
  public record Point(LocalDate day, BigDecimal number) {}

  static boolean keeps(BigDecimal number) {
    return number.toPlainString().length() <= MAX_LENGTH;
  }

  NumberHistory plus(LocalDate day, BigDecimal number, int kept) {
    List<Point> next = new ArrayList<>(points);
    LocalDate last = next.isEmpty() ? LocalDate.MIN : next.getFirst().day();
    if (day.isAfter(last)) {
      next.addFirst(new Point(day, number));
    } else {
      next.set(0, new Point(last, number));
    }
    return new NumberHistory(next.size() > kept ? next.subList(0, kept) : next);
  }

  /** What the trait was at the end of a day; empty when that is longer ago than what is kept. */
  public Optional<BigDecimal> at(LocalDate day) {
    return points.stream()
        .filter(point -> !point.day().isAfter(day))
        .findFirst()
        .map(Point::number);
  }

  /** The latest day it changed. */
  static LocalDate latestDay(String text) {
    int end = text.indexOf(' ');
    if (end < 0) {
      throw new NoSuchElementException("A history without a point");
    }
    return LocalDate.ofEpochDay(Long.parseLong(text, 0, end, RADIX));
  }

  String text() {
    StringBuilder text = new StringBuilder(16 * points.size());
    for (Point point : points) {
      text.append(text.isEmpty() ? "" : ";")
          .append(Long.toString(point.day().toEpochDay(), RADIX))
          .append(' ')
          .append(point.number().toPlainString());
    }
    return text.toString();
  }

  static NumberHistory parse(String text) {
    List<Point> points = new ArrayList<>();
    for (String point : text.split(";", -1)) {
      int space = point.indexOf(' ');
      points.add(
          new Point(
              LocalDate.ofEpochDay(Long.parseLong(point, 0, space, RADIX)),
              new BigDecimal(point.substring(space + 1))));
    }
    return new NumberHistory(points);
  }
}
