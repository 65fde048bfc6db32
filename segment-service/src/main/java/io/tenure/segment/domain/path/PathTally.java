package io.tenure.segment.domain.path;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds up paths in two goes: first how frequent the nodes of each step are, then everything by the
 * nodes that are shown. Who is behind a number is decided in the second, with the number.
 */
final class PathTally {

  private static final int BITS = 24;

  private final PathQuery query;
  private final Nodes nodes;
  private final List<Map<Integer, Integer>> frequencies = new ArrayList<>();
  private final List<Set<Integer>> shown = new ArrayList<>();
  private final Passage anchored = new Passage();
  private final Passage counted = new Passage();
  private final Map<Long, Passage> passages = new HashMap<>();
  private long users = -1;
  private long lastUser = -1;

  PathTally(PathQuery query, Nodes nodes) {
    this.query = query;
    this.nodes = nodes;
    for (int step = 0; step < query.rules().steps(); step++) {
      frequencies.add(new HashMap<>());
    }
  }

  /** The first go. */
  void rank(Walk walk) {
    for (int step = 0; step < walk.length() && walk.end() != Walk.End.MISSED; step++) {
      frequencies.get(step).merge(walk.node(step), 1, Integer::sum);
    }
  }

  /** Between the goes. */
  void choose() {
    for (Map<Integer, Integer> frequency : frequencies) {
      Set<Integer> most = new HashSet<>();
      frequency.entrySet().stream()
          .filter(entry -> entry.getKey() != Nodes.OTHER)
          .sorted(
              Comparator.<Map.Entry<Integer, Integer>>comparingInt(entry -> -entry.getValue())
                  .thenComparing(entry -> nodes.node(entry.getKey())))
          .limit(query.rules().top())
          .forEach(entry -> most.add(entry.getKey()));
      shown.add(most);
    }
  }

  /** The second go. */
  void add(long user, int session, Walk walk) {
    users += user == lastUser ? 0 : 1;
    lastUser = user;
    anchored.pass(users, session, true);
    if (walk.end() == Walk.End.MISSED) {
      return;
    }
    counted.pass(users, session, true);
    for (int step = 0; step < walk.length(); step++) {
      boolean last = step == walk.length() - 1;
      Passage passage = at(step, walk);
      passage.pass(users, session, !last || walk.end() != Walk.End.STOPPED);
      if (!last) {
        between(step, walk).pass(users, session, true);
      }
      int next = query.backwards() ? step - 1 : step + 1;
      if (next >= 0 && next < walk.length()) {
        passage.dwell(walk.time(next) - walk.time(step));
      }
    }
  }

  /** Whether the user added last is behind a number. */
  boolean isBehind(PathCell cell) {
    return switch (cell) {
      case PathCell.Anchored _ -> anchored.has(users);
      case PathCell.Counted _ -> counted.has(users);
      case PathCell.At(int step, PathNode node) -> {
        Passage passage = find(step, node, null);
        yield passage != null && passage.has(users);
      }
      case PathCell.Lost(int step, PathNode node) -> {
        Passage passage = find(step, node, null);
        yield passage != null && passage.lost(users);
      }
      case PathCell.Between(int step, PathNode from, PathNode to) -> {
        Passage passage = find(step, from, to);
        yield passage != null && passage.has(users);
      }
    };
  }

  PathMap result(boolean incomplete) {
    List<PathMap.Node> steps = new ArrayList<>();
    List<PathMap.Edge> edges = new ArrayList<>();
    passages.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getKey, this::compare))
        .forEach(
            entry -> {
              long key = entry.getKey();
              Passage passage = entry.getValue();
              PathNode from = nodes.node(from(key));
              if (to(key) < 0) {
                steps.add(
                    new PathMap.Node(
                        step(key),
                        from,
                        passage.count(),
                        passage.stopped(),
                        passage.lostUsers(),
                        passage.medianDwell()));
              } else {
                edges.add(new PathMap.Edge(step(key), from, nodes.node(to(key)), passage.count()));
              }
            });
    return new PathMap(
        anchored.count(), counted.count(), List.copyOf(steps), List.copyOf(edges), incomplete);
  }

  private Passage at(int step, Walk walk) {
    return passages.computeIfAbsent(key(step, shown(step, walk), -1), _ -> new Passage());
  }

  private Passage between(int step, Walk walk) {
    return passages.computeIfAbsent(
        key(step, shown(step, walk), shown(step + 1, walk)), _ -> new Passage());
  }

  private int shown(int step, Walk walk) {
    return shown.get(step).contains(walk.node(step)) ? walk.node(step) : Nodes.OTHER;
  }

  private @Nullable Passage find(int step, PathNode from, @Nullable PathNode to) {
    Integer first = nodes.find(from);
    Integer second = to == null ? Integer.valueOf(-1) : nodes.find(to);
    return first == null || second == null ? null : passages.get(key(step, first, second));
  }

  /**
   * Nodes before edges, then by step, then by frequency of the nodes, others last, then by name.
   */
  private int compare(long left, long right) {
    if (to(left) < 0 != to(right) < 0) {
      return to(left) < 0 ? -1 : 1;
    }
    if (step(left) != step(right)) {
      return Integer.compare(step(left), step(right));
    }
    int byNode = compare(step(left), from(left), from(right));
    return byNode != 0 || to(left) < 0 ? byNode : compare(step(left) + 1, to(left), to(right));
  }

  private int compare(int step, int left, int right) {
    if (left == Nodes.OTHER || right == Nodes.OTHER || left == right) {
      return Boolean.compare(left == Nodes.OTHER, right == Nodes.OTHER);
    }
    Map<Integer, Integer> frequency = frequencies.get(step);
    int byFrequency =
        Integer.compare(frequency.getOrDefault(right, 0), frequency.getOrDefault(left, 0));
    return byFrequency != 0 ? byFrequency : nodes.node(left).compareTo(nodes.node(right));
  }

  private static long key(int step, int from, int to) {
    return (long) step << 2 * BITS | (long) from << BITS | to + 1;
  }

  private static int step(long key) {
    return (int) (key >>> 2 * BITS);
  }

  private static int from(long key) {
    return (int) (key >>> BITS) & ((1 << BITS) - 1);
  }

  private static int to(long key) {
    return ((int) key & ((1 << BITS) - 1)) - 1;
  }
}
