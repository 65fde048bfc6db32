package io.tenure.profile.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TraitValueTest {

  @Test
  void splitsAListIntoItsElements() {
    TraitValue list =
        new TraitValue("[\"a,b]\",\"\\\"quoted\\\\\",[1,[2]],{\"k\":[\"]\"]},12.5,\"理财\"]");
    assertThat(list.elements())
        .extracting(TraitValue::json)
        .containsExactly(
            "\"a,b]\"", "\"\\\"quoted\\\\\"", "[1,[2]]", "{\"k\":[\"]\"]}", "12.5", "\"理财\"");
  }

  @Test
  void joinsWhatItSplits() {
    Generator<List<String>> texts = Generator.lists(Generator.strings("a,[]{}理1", 6), 8);
    Property.forAll(
        texts,
        list -> {
          List<TraitValue> elements =
              list.stream().map(text -> new TraitValue('"' + text + '"')).toList();
          assertThat(TraitValue.list(elements).elements()).isEqualTo(elements);
        });
  }

  @Test
  void emptyListHasNoElements() {
    assertThat(new TraitValue("[]").elements()).isEmpty();
  }

  @Test
  void singleValueIsItsOnlyElement() {
    TraitValue text = new TraitValue("\"gold\"");
    assertThat(text.elements()).containsExactly(text);
  }

  @Test
  void writesEqualNumbersEqually() {
    assertThat(TraitValue.of(new BigDecimal("12.50"))).contains(new TraitValue("12.5"));
    assertThat(TraitValue.of(new BigDecimal("1e3"))).contains(new TraitValue("1000"));
    assertThat(TraitValue.of(new BigDecimal("-0.00"))).contains(new TraitValue("0"));
  }

  @Test
  void doesNotCalculateWithMonstrousNumbers() {
    assertThat(TraitValue.of(new BigDecimal("1e999999999"))).isEmpty();
    assertThat(TraitValue.of(new BigDecimal("1e-999999999"))).isEmpty();
    assertThat(new TraitValue("1E+400").number()).isEmpty();
  }

  @Test
  void onlyNumbersAreNumbers() {
    assertThat(new TraitValue("\"12\"").number()).isEmpty();
    assertThat(new TraitValue("true").number()).isEmpty();
    assertThat(new TraitValue("9007199254740993").number())
        .contains(new BigDecimal("9007199254740993"));
  }
}
