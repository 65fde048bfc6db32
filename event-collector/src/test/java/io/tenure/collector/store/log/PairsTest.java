package io.tenure.collector.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PairsTest {

  private final Map<String, String> plain = new LinkedHashMap<>();
  private final Pairs pairs = new Pairs(new String[] {"b", "1", "a", "", "c", "b"});

  PairsTest() {
    plain.put("b", "1");
    plain.put("a", "");
    plain.put("c", "b");
  }

  @Test
  void equalsAMapOfTheSame() {
    assertThat(pairs).isEqualTo(plain).hasSameHashCodeAs(plain);
    assertThat(plain).isEqualTo(pairs);
    assertThat(pairs.keySet()).containsExactly("b", "a", "c");
    assertThat(pairs.values()).containsExactly("1", "", "b");
    assertThat(new Pairs(new String[0])).isEmpty();
  }

  @Test
  void findsByNameAlone() {
    assertThat(pairs.get("c")).isEqualTo("b");
    assertThat(pairs.containsKey("a")).isTrue();
    assertThat(pairs.get("1")).isNull();
    assertThat(pairs.containsKey("1")).isFalse();
  }

  @Test
  void refusesANameThatIsThereTwice() {
    assertThatThrownBy(() -> new Pairs(new String[] {"a", "1", "b", "2", "a", "3"}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void goesThroughThemInTheirOrder() {
    StringBuilder text = new StringBuilder();
    pairs.forEach((name, value) -> text.append(name).append('=').append(value).append(' '));
    assertThat(text).hasToString("b=1 a= c=b ");
  }
}
