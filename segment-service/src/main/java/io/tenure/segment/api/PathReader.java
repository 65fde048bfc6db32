package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.PathGroup;
import io.tenure.proto.analysis.v1.PathPlace;
import io.tenure.proto.analysis.v1.PathQuery;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.analysis.SessionRule;
import io.tenure.segment.domain.path.NodeGroup;
import io.tenure.segment.domain.path.PathCell;
import io.tenure.segment.domain.path.PathCut;
import io.tenure.segment.domain.path.PathNaming;
import io.tenure.segment.domain.path.PathNode;
import io.tenure.segment.domain.path.PathRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates a journey map of the contract into the domain's. */
final class PathReader {

  private static final String PATH = "query.path";
  private static final String CELL = "cell.path";
  private static final int STEPS = 5;
  private static final int TOP = 10;

  private PathReader() {}

  static io.tenure.segment.domain.path.PathQuery read(PathQuery query, Scope scope) {
    @Nullable EventSelector start =
        query.hasStart() ? ConditionReader.selector(PATH + ".start", query.getStart()) : null;
    @Nullable EventSelector end =
        query.hasEnd() ? ConditionReader.selector(PATH + ".end", query.getEnd()) : null;
    List<EventSelector> shown = selectors(PATH + ".shown", query.getShownList());
    List<EventSelector> hidden = selectors(PATH + ".hidden", query.getHiddenList());
    PathNaming naming = naming(query);
    PathCut cut = cut(query);
    PathRules rules =
        at(
            PATH + ".steps",
            () ->
                new PathRules(
                    cut,
                    query.getEveryOccurrence(),
                    !query.getKeepRepeats(),
                    query.getSteps() == 0 ? STEPS : query.getSteps(),
                    query.getTop() == 0 ? TOP : query.getTop()));
    return at(
        PATH + ".start",
        () ->
            new io.tenure.segment.domain.path.PathQuery(
                scope, start, end, shown, hidden, naming, rules));
  }

  static PathCell cell(io.tenure.proto.analysis.v1.PathCell cell) {
    return switch (cell.getNumberCase()) {
      case ANCHORED -> {
        requireTrue(CELL + ".anchored", cell.getAnchored());
        yield new PathCell.Anchored();
      }
      case COUNTED -> {
        requireTrue(CELL + ".counted", cell.getCounted());
        yield new PathCell.Counted();
      }
      case AT -> new PathCell.At(step(cell.getAt()), node(cell.getAt().getNode()));
      case LOST -> new PathCell.Lost(step(cell.getLost()), node(cell.getLost().getNode()));
      case BETWEEN ->
          new PathCell.Between(
              step(PathPlace.newBuilder().setStep(cell.getBetween().getStep()).build()),
              node(cell.getBetween().getFrom()),
              node(cell.getBetween().getTo()));
      case NUMBER_NOT_SET -> throw Failure.invalid(CELL + ".at", "or another number is required");
    };
  }

  /** Selectors of which there may be none. */
  static List<EventSelector> selectors(
      String path, List<io.tenure.proto.condition.v1.EventSelector> selectors) {
    List<EventSelector> read = new ArrayList<>();
    for (int index = 0; index < selectors.size(); index++) {
      read.add(ConditionReader.selector(path + "[" + index + "]", selectors.get(index)));
    }
    return read;
  }

  private static PathCut cut(PathQuery query) {
    return switch (query.getCutCase()) {
      case SESSIONS ->
          new PathCut.Sessions(SessionReader.read(PATH + ".sessions", query.getSessions()));
      case WINDOW -> {
        Duration length = Fields.duration(PATH + ".window", query.getWindow());
        yield at(PATH + ".window", () -> new PathCut.Window(length));
      }
      case CUT_NOT_SET -> new PathCut.Sessions(SessionRule.USUAL);
    };
  }

  private static PathNaming naming(PathQuery query) {
    List<NodeGroup> groups = new ArrayList<>();
    for (int index = 0; index < query.getGroupsCount(); index++) {
      PathGroup group = query.getGroups(index);
      groups.add(
          at(
              PATH + ".groups[" + index + "]",
              () -> new NodeGroup(group.getName(), group.getEventsList(), group.getValuesList())));
    }
    @Nullable String property = query.getProperty().isEmpty() ? null : query.getProperty();
    return at(PATH + ".property", () -> new PathNaming(property, query.getTrimValues(), groups));
  }

  private static PathNode node(io.tenure.proto.analysis.v1.PathNode node) {
    return node.getOther()
        ? PathNode.OTHER
        : new PathNode(node.getName(), node.hasValue() ? node.getValue() : null);
  }

  private static int step(PathPlace place) {
    if (place.getStep() < 0 || place.getStep() >= 20) {
      throw Failure.invalid(CELL + ".step", "must be 0 to 19");
    }
    return place.getStep();
  }

  private static void requireTrue(String field, boolean value) {
    if (!value) {
      throw Failure.invalid(field, "must be true when given");
    }
  }
}
