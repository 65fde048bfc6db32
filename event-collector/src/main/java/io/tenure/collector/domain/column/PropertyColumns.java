package io.tenure.collector.domain.column;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives properties columns and takes them away. Every step is written down before the next one
 * begins, and a job carries on what a crash cut short: a column is read only once it is there, and
 * goes only when nobody can be reading it any more.
 */
public final class PropertyColumns {

  private final ColumnStore store;
  private final Clock clock;
  private final int most;
  private final Duration grace;

  /**
   * The columns of a store.
   *
   * @param most how many properties may have columns at a time
   * @param grace how long a column stays after it is no longer looked up; longer than any statement
   *     takes
   */
  public PropertyColumns(ColumnStore store, Clock clock, int most, Duration grace) {
    this.store = store;
    this.clock = clock;
    this.most = most;
    this.grace = grace;
  }

  /**
   * A column and how much of it is stored already.
   *
   * @param storedRows rows of parts that have it; the others read the map
   */
  public record Stored(PropertyColumn column, long storedRows, long rows) {}

  /** All that are not gone, by ascending number. */
  public List<Stored> list() {
    List<PropertyColumn> columns = present();
    Map<Integer, Long> rows = store.storedRows(columns);
    long all = rows.getOrDefault(0, 0L);
    return columns.stream()
        .map(column -> new Stored(column, rows.getOrDefault(column.number(), 0L), all))
        .toList();
  }

  /** Whether another property could get columns. */
  boolean hasRoom() {
    return present().size() < most;
  }

  /**
   * Gives a property columns, at once.
   *
   * @throws Failure ALREADY_EXISTS when it has some, FAILED_PRECONDITION when there are too many
   */
  public PropertyColumn promote(String property, ColumnKind kind, String author) {
    List<PropertyColumn> known = store.list();
    List<PropertyColumn> present = present(known);
    if (present.stream().anyMatch(column -> column.property().equals(property))) {
      throw Failure.of(Reason.ALREADY_EXISTS, "The property has a column, or is just losing it");
    }
    if (present.size() >= most) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION, "There are " + most + " columns already; take one away");
    }
    int number = known.isEmpty() ? 1 : known.getLast().number() + 1;
    PropertyColumn wanted =
        new PropertyColumn(number, 1, property, kind, ColumnState.ADDING, author, now());
    store.save(wanted);
    return activate(wanted);
  }

  /**
   * Takes a property's columns away: statements read the map again, and some minutes later the
   * columns go.
   *
   * @throws Failure NOT_FOUND
   */
  public PropertyColumn demote(int number, String author) {
    PropertyColumn column =
        present().stream()
            .filter(one -> one.number() == number)
            .findFirst()
            .orElseThrow(() -> Failure.notFound("property column", Integer.toString(number)));
    if (column.state() == ColumnState.RETIRED) {
      return column;
    }
    PropertyColumn retired = column.become(ColumnState.RETIRED, author, now());
    store.save(retired);
    return retired;
  }

  /** Carries on what is half done, and makes the tables what the registry says. */
  public void settle() {
    List<PropertyColumn> before = present();
    for (PropertyColumn column : before) {
      switch (column.state()) {
        case ADDING -> activate(column);
        case ACTIVE -> store.add(column);
        case RETIRED, DROPPED -> {}
      }
    }
    if (!before.isEmpty()) {
      store.show(shown());
    }
    List<PropertyColumn> over = before.stream().filter(this::isOver).toList();
    for (PropertyColumn column : over) {
      store.drop(column);
      store.save(column.become(ColumnState.DROPPED, column.author(), now()));
    }
    if (!over.isEmpty()) {
      // A collector that has just started may have shown them again.
      store.show(shown());
    }
  }

  /** Begins to store columns where they are not, one partition at a time and the newest first. */
  public void complete() {
    List<PropertyColumn> active =
        present().stream().filter(column -> column.state() == ColumnState.ACTIVE).toList();
    if (!active.isEmpty() && !store.busy()) {
      store.incompletePartition(active).ifPresent(partition -> store.complete(active, partition));
    }
  }

  private PropertyColumn activate(PropertyColumn column) {
    store.add(column);
    List<PropertyColumn> shown = new ArrayList<>(shown());
    shown.add(column);
    store.show(shown);
    PropertyColumn active = column.become(ColumnState.ACTIVE, column.author(), now());
    store.save(active);
    return active;
  }

  /** Those the views show: read by somebody, perhaps. */
  private List<PropertyColumn> shown() {
    return present().stream()
        .filter(column -> column.state() != ColumnState.ADDING && !isOver(column))
        .toList();
  }

  private boolean isOver(PropertyColumn column) {
    return column.state() == ColumnState.RETIRED
        && !clock.instant().isBefore(column.time().plus(grace));
  }

  private List<PropertyColumn> present() {
    return present(store.list());
  }

  private static List<PropertyColumn> present(List<PropertyColumn> columns) {
    return columns.stream().filter(column -> column.state().takesRoom()).toList();
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
