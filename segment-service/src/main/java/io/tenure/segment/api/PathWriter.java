package io.tenure.segment.api;

import io.tenure.condition.api.Fields;
import io.tenure.proto.analysis.v1.PathCount;
import io.tenure.proto.analysis.v1.PathEdge;
import io.tenure.proto.analysis.v1.PathMap;
import io.tenure.proto.analysis.v1.PathNode;
import io.tenure.proto.analysis.v1.PathStepNode;

/** Translates journey maps of the domain into the contract's. */
final class PathWriter {

  private PathWriter() {}

  static void write(io.tenure.segment.domain.path.PathMap map, PathMap.Builder message) {
    message
        .setAnchored(count(map.anchored()))
        .setCounted(count(map.counted()))
        .setIncomplete(map.incomplete());
    for (var node : map.nodes()) {
      PathStepNode.Builder written =
          PathStepNode.newBuilder()
              .setStep(node.step())
              .setNode(node(node.node()))
              .setCount(count(node.count()))
              .setStopped(node.stopped())
              .setLostUsers(node.lostUsers())
              .setChurnRate(node.churn());
      if (node.medianDwell() != null) {
        written.setMedianDwell(Fields.duration(node.medianDwell()));
      }
      message.addNodes(written);
    }
    for (var edge : map.edges()) {
      message.addEdges(
          PathEdge.newBuilder()
              .setStep(edge.step())
              .setFrom(node(edge.from()))
              .setTo(node(edge.to()))
              .setCount(count(edge.count())));
    }
  }

  private static PathNode node(io.tenure.segment.domain.path.PathNode node) {
    PathNode.Builder message = PathNode.newBuilder().setName(node.name()).setOther(node.isOther());
    if (node.value() != null) {
      message.setValue(node.value());
    }
    return message.build();
  }

  private static PathCount count(io.tenure.segment.domain.path.PathMap.Count count) {
    return PathCount.newBuilder()
        .setPaths(count.paths())
        .setSessions(count.sessions())
        .setUsers(count.users())
        .build();
  }
}
