package io.tenure.profile.domain.squash;

import io.tenure.profile.domain.merge.Merge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where numbers lead by merges that can't be undone, followed to the end: by way of merges that are
 * just closing, and of those that are final already.
 */
final class FinalMoves {

  private final Map<Long, Long> closing = new HashMap<>();
  private final Map<Long, Long> known;

  /**
   * Moves by some merges.
   *
   * @param known what is final already
   */
  FinalMoves(List<Merge> closed, Map<Long, Long> known) {
    closed.forEach(merge -> closing.put(merge.absorbed(), merge.survivor()));
    this.known = known;
  }

  /** What rows that count for an absorbed user are to count for. */
  Map<Long, Long> ofRows() {
    Map<Long, Long> moves = new HashMap<>();
    closing.keySet().forEach(number -> moves.put(number, root(number)));
    return moves;
  }

  /** What is to be known for records that are read again: also of those who led here before. */
  Map<Long, Long> ofRecords() {
    Map<Long, Long> moves = ofRows();
    known.forEach(
        (number, before) -> {
          long now = root(before);
          if (now != before) {
            moves.put(number, now);
          }
        });
    return moves;
  }

  private long root(long number) {
    long at = number;
    for (int hop = 0; hop <= closing.size() + known.size(); hop++) {
      @Nullable Long next = closing.getOrDefault(at, known.get(at));
      if (next == null) {
        return at;
      }
      at = next;
    }
    throw new IllegalStateException("Merges form a circle");
  }
}
