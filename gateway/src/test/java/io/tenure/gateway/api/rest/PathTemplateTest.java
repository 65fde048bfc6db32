package io.tenure.gateway.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PathTemplateTest {

  @Test
  void matchesLiteralsVariablesAndVerbs() {
    PathTemplate template = PathTemplate.parse("/api/v1/segments/{segment.id}:compute");
    assertThat(template.match("/api/v1/segments/vips:compute"))
        .contains(Map.of("segment.id", "vips"));
    assertThat(template.match("/api/v1/segments/vips")).isEmpty();
    assertThat(template.match("/api/v1/segments/:compute")).isEmpty();
    assertThat(template.match("/api/v1/segments/a/b:compute")).isEmpty();
    assertThat(template.match("/api/v1/segments/vips:compute/")).isEmpty();
  }

  @Test
  void decodesValuesAfterFindingTheVerb() {
    PathTemplate template = PathTemplate.parse("/p/{id}");
    assertThat(template.match("/p/user_number:1%2B+%20"))
        .contains(Map.of("id", "user_number:1++ "));
    assertThat(template.match("/p/%zz")).isEmpty();
    assertThat(PathTemplate.parse("/p/{id}:run").match("/p/a%3Arun")).isEmpty();
  }

  @Test
  void prefersTheMoreLiteralTemplate() {
    List<String> sorted =
        Stream.of("/a/{id}", "/a/{id}:run", "/a/b")
            .map(PathTemplate::parse)
            .sorted()
            .map(PathTemplate::toString)
            .toList();
    assertThat(sorted).containsExactly("/a/b", "/a/{id}:run", "/a/{id}");
  }

  @Test
  void refusesTemplatesItDoesNotSupport() {
    assertThatThrownBy(() -> PathTemplate.parse("/a/{id=**}/b*"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
