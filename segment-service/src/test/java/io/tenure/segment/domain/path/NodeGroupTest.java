package io.tenure.segment.domain.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NodeGroupTest {

  private record Case(String pattern, String text) {}

  @Test
  void aStarStandsForAnyText() {
    Generator<String> patterns = Generator.strings("ab*", 6);
    Generator<String> texts = Generator.strings("ab", 7);
    Generator<Case> cases = random -> new Case(patterns.generate(random), texts.generate(random));
    Property.forAll(
        20_000,
        cases,
        it -> {
          String regex =
              Stream.of(it.pattern().split("\\*", -1))
                  .map(Pattern::quote)
                  .collect(Collectors.joining(".*"));
          assertThat(NodeGroup.matches(it.pattern(), it.text()))
              .isEqualTo(it.text().matches(regex));
        });
  }

  @Test
  void manyStarsOverALongTextTakeNoTime() {
    assertThat(NodeGroup.matches("*a".repeat(90) + "*b", "a".repeat(100_000))).isFalse();
  }

  @Test
  void aGroupTakesWhatMatchesItsEventsAndItsValues() {
    NodeGroup funds = new NodeGroup("Funds", List.of("view*"), List.of("/fund/*", "/funds"));
    assertThat(funds.takes("viewed", "/fund/7")).isTrue();
    assertThat(funds.takes("viewed", null)).isFalse();
    assertThat(funds.takes("opened", "/funds")).isFalse();
    assertThat(new PathNaming(null, true, List.of()).node("view", "/fund/7/?a=/#b"))
        .isEqualTo(new PathNode("view", "/fund/7"));
  }
}
