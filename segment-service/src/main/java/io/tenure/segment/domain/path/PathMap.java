package io.tenure.segment.domain.path;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journey map. At each node the paths that come go on or stop: {@code paths} is the sum of those
 * of the edges and {@code stopped}, except at the last step and where the end is reached.
 *
 * @param anchored paths that were begun, at a start or back from an end
 * @param counted those that count: all, unless an end must be reached
 * @param nodes by step, the most frequent first, the rest of a step last
 * @param edges by step in the order of their nodes
 * @param incomplete whether the paths of the range can still grow
 */
public record PathMap(
    Count anchored, Count counted, List<Node> nodes, List<Edge> edges, boolean incomplete)
    implements Answer {

  /**
   * How often.
   *
   * @param paths paths
   * @param sessions different sessions; equals the users when a window cuts
   * @param users different users
   */
  public record Count(long paths, long sessions, long users) {}

  /**
   * A node of one step.
   *
   * @param step from 0, the anchor
   * @param stopped paths that go no further, though they could
   * @param lostUsers users none of whose paths goes on
   * @param medianDwell median time until the next node, or from it when paths lead to an end; null
   *     where there is none
   */
  public record Node(
      int step,
      PathNode node,
      Count count,
      long stopped,
      long lostUsers,
      @Nullable Duration medianDwell) {

    /** Share of the users who go no further. */
    public double churn() {
      return (double) lostUsers / count.users();
    }
  }

  /**
   * From one step to the next.
   *
   * @param step of the node it begins at
   */
  public record Edge(int step, PathNode from, PathNode to, Count count) {}

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("step", Type.COUNT)
            .column("node", Type.TEXT)
            .column("value", Type.TEXT)
            .column("next_node", Type.TEXT)
            .column("next_value", Type.TEXT)
            .column("paths", Type.COUNT)
            .column("sessions", Type.COUNT)
            .column("users", Type.COUNT)
            .column("stopped", Type.COUNT)
            .column("lost_users", Type.COUNT)
            .column("median_dwell", Type.DURATION);
    for (Node node : nodes) {
      table.row(
          (long) node.step(),
          node.node().name(),
          node.node().value(),
          null,
          null,
          node.count().paths(),
          node.count().sessions(),
          node.count().users(),
          node.stopped(),
          node.lostUsers(),
          node.medianDwell());
    }
    for (Edge edge : edges) {
      table.row(
          (long) edge.step(),
          edge.from().name(),
          edge.from().value(),
          edge.to().name(),
          edge.to().value(),
          edge.count().paths(),
          edge.count().sessions(),
          edge.count().users(),
          null,
          null,
          null);
    }
    return table.build();
  }
}
