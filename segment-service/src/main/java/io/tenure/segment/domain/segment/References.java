package io.tenure.segment.domain.segment;

import io.tenure.platform.failure.Failure;
import io.tenure.segment.domain.saved.Saved;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which segments ask for which others: no cycles, nothing missing, and an order to compute in. */
final class References {

  private final Map<String, Saved<SegmentDraft>> segments = new LinkedHashMap<>();

  References(List<Saved<SegmentDraft>> definitions) {
    definitions.forEach(definition -> segments.put(definition.id(), definition));
  }

  /** Refuses a draft that asks for a missing segment or, over any number of others, for itself. */
  void check(SegmentDraft draft) {
    for (String id : draft.segmentIds().distinct().toList()) {
      if (!id.equals(draft.id()) && !segments.containsKey(id)) {
        throw Failure.invalid(
            "segment.condition", "asks for segment '" + id + "', which does not exist");
      }
      @Nullable List<String> path = path(id, draft.id(), new HashSet<>());
      if (path != null) {
        throw Failure.invalid(
            "segment.condition",
            "asks for the segment itself: " + draft.id() + " -> " + String.join(" -> ", path));
      }
    }
  }

  /** Ids of segments that ask for this one. */
  List<String> usersOf(String id) {
    return segments.values().stream()
        .filter(segment -> segment.draft().segmentIds().anyMatch(id::equals))
        .map(Saved::id)
        .toList();
  }

  /** All segments, each after those it asks for. */
  List<Saved<SegmentDraft>> inOrder() {
    Map<String, Saved<SegmentDraft>> ordered = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    segments.keySet().forEach(id -> append(id, seen, ordered));
    return List.copyOf(ordered.values());
  }

  private void append(String id, Set<String> seen, Map<String, Saved<SegmentDraft>> ordered) {
    Saved<SegmentDraft> segment = segments.get(id);
    if (segment == null || !seen.add(id)) {
      return;
    }
    segment.draft().segmentIds().forEach(part -> append(part, seen, ordered));
    ordered.put(id, segment);
  }

  private @Nullable List<String> path(String from, String to, Set<String> seen) {
    if (from.equals(to)) {
      return List.of(to);
    }
    Saved<SegmentDraft> segment = segments.get(from);
    if (segment == null || !seen.add(from)) {
      return null;
    }
    for (String next : segment.draft().segmentIds().toList()) {
      @Nullable List<String> rest = path(next, to, seen);
      if (rest != null) {
        List<String> path = new ArrayList<>(rest);
        path.addFirst(from);
        return path;
      }
    }
    return null;
  }
}
