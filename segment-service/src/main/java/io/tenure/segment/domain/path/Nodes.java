package io.tenure.segment.domain.path;

import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.Journey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers of nodes. Names are made once for each pair of texts and not for each event. */
final class Nodes {

  /** All nodes whose texts are too rare to be told apart. */
  static final int OTHER = 0;

  private final PathNaming naming;
  private final List<Dictionary> dictionaries;
  private final Map<Long, Integer> numberOfCodes = new HashMap<>();
  private final Map<PathNode, Integer> numberOfNode = new HashMap<>();
  private final List<PathNode> nodes = new ArrayList<>();

  Nodes(PathNaming naming, List<Dictionary> dictionaries) {
    this.naming = naming;
    this.dictionaries = dictionaries;
    number(PathNode.OTHER);
  }

  int of(Journey journey, int event) {
    int name = journey.code(0, event);
    int value = dictionaries.size() == 1 ? Dictionary.NONE : journey.code(1, event);
    return numberOfCodes.computeIfAbsent((long) name << 32 | value, _ -> number(name, value));
  }

  PathNode node(int number) {
    return nodes.get(number);
  }

  /** The number of a node; null when no event is shown as it. */
  @Nullable Integer find(PathNode node) {
    return numberOfNode.get(node);
  }

  private int number(int name, int value) {
    @Nullable String event = dictionaries.getFirst().text(name);
    if (event == null || dictionaries.size() == 2 && dictionaries.getLast().isRare(value)) {
      return OTHER;
    }
    return number(
        naming.node(event, dictionaries.size() == 1 ? null : dictionaries.getLast().text(value)));
  }

  private int number(PathNode node) {
    return numberOfNode.computeIfAbsent(
        node,
        _ -> {
          nodes.add(node);
          return nodes.size() - 1;
        });
  }
}
