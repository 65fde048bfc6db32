package io.tenure.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PropertyTest {

  @Test
  void aTruePropertyIsTriedAsOftenAsAsked() {
    List<Long> seen = new ArrayList<>();
    Property.forAll(50, Generator.longs(-5, 5), seen::add);
    assertThat(seen).hasSize(50).allMatch(value -> value >= -5 && value <= 5);
  }

  @Test
  void aBrokenPropertyIsReportedWithItsSimplestCase() {
    assertThatThrownBy(
            () ->
                Property.forAll(
                    1_000,
                    Generator.integers(0, 100_000),
                    value -> assertThat(value).isLessThan(1_234)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("by: 1234")
        .hasMessageContaining("tenure.property.seed=");
  }

  @Test
  void aBrokenListShrinksToWhatBreaksIt() {
    Generator<List<Integer>> lists = Generator.lists(Generator.integers(0, 1_000), 30);
    assertThatThrownBy(
            () ->
                Property.forAll(
                    1_000, lists, list -> assertThat(list).noneMatch(value -> value > 500)))
        .hasMessageContaining("by: [501]");
  }

  @Test
  void stringsShrinkByLosingCharacters() {
    assertThatThrownBy(
            () ->
                Property.forAll(
                    1_000,
                    Generator.strings("ab理", 20),
                    text -> assertThat(text).doesNotContain("理")))
        .hasMessageContaining("by: 理\n");
  }

  @Test
  void longsReachTheirBounds() {
    Property.forAll(
        Generator.longs(Long.MIN_VALUE, Long.MAX_VALUE), value -> assertThat(value).isNotNull());
    Property.forAll(Generator.longs(7, 7), value -> assertThat(value).isEqualTo(7));
  }
}
