package io.tenure.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A rendered Kubernetes object, read by paths such as {@code spec.template.spec}. */
record Manifest(Map<String, Object> content) {

  static List<Manifest> parse(String rendered) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<Manifest> manifests = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(rendered)) {
      if (document != null) {
        manifests.add(new Manifest(map(document)));
      }
    }
    return manifests;
  }

  String kind() {
    return text("kind");
  }

  String name() {
    return text("metadata.name");
  }

  boolean isWorkload() {
    return kind().equals("Deployment") || kind().equals("StatefulSet");
  }

  String text(String path) {
    return find(path)
        .map(Object::toString)
        .orElseThrow(() -> new AssertionError(content + " has no " + path));
  }

  Map<String, Object> object(String path) {
    return map(find(path).orElseThrow(() -> new AssertionError(content + " has no " + path)));
  }

  List<Map<String, Object>> list(String path) {
    List<Map<String, Object>> elements = new ArrayList<>();
    if (find(path).orElse(List.of()) instanceof List<?> found) {
      found.forEach(element -> elements.add(map(Objects.requireNonNull(element))));
    }
    return elements;
  }

  Optional<Object> find(String path) {
    @Nullable Object value = content;
    for (String step : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return Optional.ofNullable(value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
