package io.tenure.segment.domain.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.Operator;
import io.tenure.segment.domain.saved.Saved;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReferencesTest {

  private final References references =
      new References(List.of(asking("aaa", "bbb"), asking("bbb", "ccc"), asking("ccc")));

  @Test
  void findsACycleOverOthers() {
    assertThatThrownBy(() -> references.check(draft("ccc", "aaa")))
        .hasMessageContaining("ccc -> aaa -> bbb -> ccc");
  }

  @Test
  void findsASegmentThatAsksForItself() {
    assertThatThrownBy(() -> references.check(draft("new", "new")))
        .hasMessageContaining("new -> new");
  }

  @Test
  void refusesWhatDoesNotExist() {
    assertThatThrownBy(() -> references.check(draft("new", "zzz")))
        .hasMessageContaining("'zzz', which does not exist");
  }

  @Test
  void allowsTheSamePartTwice() {
    assertThatCode(() -> references.check(draft("new", "aaa", "bbb", "ccc")))
        .doesNotThrowAnyException();
  }

  @Test
  void computesPartsFirst() {
    assertThat(references.inOrder()).extracting(Saved::id).containsExactly("ccc", "bbb", "aaa");
  }

  @Test
  void knowsWhoUsesASegment() {
    assertThat(references.usersOf("ccc")).containsExactly("bbb");
    assertThat(references.usersOf("aaa")).isEmpty();
  }

  private static Saved<SegmentDraft> asking(String id, String... parts) {
    return new Saved<>(draft(id, parts), 1, "1", Instant.EPOCH, Instant.EPOCH);
  }

  private static SegmentDraft draft(String id, String... parts) {
    List<Condition> conditions =
        Arrays.stream(parts).<Condition>map(Condition.InSegment::new).toList();
    Condition condition =
        conditions.isEmpty()
            ? new Condition.Trait("tier", new Comparison(Operator.IS_SET, List.of()))
            : new Condition.Any(conditions);
    return new SegmentDraft(id, "", "", condition);
  }
}
