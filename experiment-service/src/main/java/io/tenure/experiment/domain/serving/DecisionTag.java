package io.tenure.experiment.domain.serving;

import io.tenure.evaluator.Kept;
import io.tenure.evaluator.Needs;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that is the same exactly when everything is the same that the decisions for a subject can
 * depend on. It is made without deciding anything; what no flag asks for does not matter. What was
 * kept matters: whoever keeps something makes the tag again, so that it is the one of the next.
 */
final class DecisionTag {

  private static final int LENGTH = 16;

  private DecisionTag() {}

  static String of(Snapshot snapshot, UserLookup.LookedUp subject, Instant now) {
    Needs needs = snapshot.flags().needs();
    List<Value> parts = new ArrayList<>();
    parts.add(text(snapshot.version()));
    parts.add(text(Integer.toString(needs.moments().headSet(now, true).size())));
    for (UnitType unit : UnitType.values()) {
      if (needs.units().contains(unit)) {
        String id = subject.id(unit);
        parts.add(id == null ? new Value.Nothing() : text(id));
      }
    }
    needs.attributes().forEach(name -> parts.add(given(subject.attribute(name))));
    needs.segments().forEach(id -> parts.add(new Value.Truth(subject.isMemberOf(id))));
    needs.keptKeys().forEach(key -> parts.add(kept(subject.kept(key))));
    // Last, since it tells whether what was asked before could be answered.
    parts.add(new Value.Truth(subject.isDegraded()));
    return hash(new Value.Items(parts).canonical());
  }

  private static Value given(@Nullable Value value) {
    return value == null ? new Value.Nothing() : value;
  }

  private static Value kept(@Nullable Kept kept) {
    return kept == null
        ? new Value.Nothing()
        : new Value.Items(List.of(text(kept.variant()), new Value.Numeric(kept.version())));
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
