package io.tenure.alert.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class UserSetTest {

  private static final Generator<List<Long>> NUMBERS = Generator.lists(Generator.longs(0, 40), 30);

  @Test
  void intersectsAndSubtractsLikeASet() {
    Property.forAll(
        Generator.lists(NUMBERS, 2),
        pair -> {
          Set<Long> left = new TreeSet<>(pair.isEmpty() ? List.of() : pair.getFirst());
          Set<Long> right = new TreeSet<>(pair.size() < 2 ? List.of() : pair.getLast());
          Set<Long> both = new TreeSet<>(left);
          both.retainAll(right);
          Set<Long> only = new TreeSet<>(left);
          only.removeAll(right);
          assertThat(set(left).and(set(right))).isEqualTo(set(both));
          assertThat(set(left).minus(set(right))).isEqualTo(set(only));
        });
  }

  @Test
  void keepsNumbersAboveTheSignedRange() {
    UserSet users = UserSet.of(4_294_967_295L, 7, 7);

    assertThat(users.size()).isEqualTo(2);
    assertThat(users.contains(4_294_967_295L)).isTrue();
    assertThat(users.stream()).containsExactly(7L, 4_294_967_295L);
  }

  @Test
  void cutsIntoChunksWithoutLosingAnybody() {
    List<UserSet> chunks = UserSet.of(1, 2, 3, 4, 5).chunks(2);

    assertThat(chunks).containsExactly(UserSet.of(1, 2), UserSet.of(3, 4), UserSet.of(5));
  }

  private static UserSet set(Set<Long> numbers) {
    return UserSet.of(numbers.stream().mapToLong(Long::longValue));
  }
}
