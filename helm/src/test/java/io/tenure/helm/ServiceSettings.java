package io.tenure.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings the services really read, taken from the source of their configuration records, so
 * that the chart can't set a variable nobody knows.
 */
final class ServiceSettings {

  private static final Pattern PREFIX =
      Pattern.compile("@ConfigurationProperties\\(\"([^\"]+)\"\\)");
  private static final Pattern COMPONENT = Pattern.compile("[\\w<>,.]+\\s+(\\w+)(?=\\s*[,)]\\s*)");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(tenure\\.[a-z.-]+)");
  private static final Pattern LITERAL = Pattern.compile("\"(tenure\\.[a-z]+\\.[a-z.-]+)\"");

  private static final Pattern MAP = Pattern.compile("Map<String, \\w+>\\s+(\\w+)(?=\\s*[,)])");

  private final Set<String> names = new HashSet<>();
  private final Set<String> maps = new HashSet<>();

  private ServiceSettings() {}

  static ServiceSettings of(Path... modules) {
    ServiceSettings settings = new ServiceSettings();
    for (Path module : modules) {
      try (Stream<Path> files = Files.walk(module)) {
        files.filter(ServiceSettings::isSource).forEach(settings::read);
      } catch (IOException exception) {
        throw new UncheckedIOException(exception);
      }
    }
    return settings;
  }

  boolean know(String variable) {
    return names.contains(key(variable)) || isEntry(variable);
  }

  /** An entry of a map has a name of its own behind that of the map. */
  private boolean isEntry(String variable) {
    String map = key(variable.substring(0, variable.lastIndexOf('_')));
    return names.contains(map) && maps.stream().anyMatch(map::endsWith);
  }

  private static String key(String variable) {
    return variable.replace("_", "").toUpperCase(Locale.ROOT);
  }

  private static boolean isSource(Path file) {
    String path = file.toString();
    return path.contains("/src/main/java/") && path.endsWith(".java");
  }

  private void read(Path file) {
    String source;
    try {
      source = Files.readString(file);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    for (Pattern pattern : List.of(PLACEHOLDER, LITERAL)) {
      pattern.matcher(source).results().forEach(match -> add(match.group(1)));
    }
    Matcher prefix = PREFIX.matcher(source);
    if (prefix.find()) {
      List<String> components =
          new ArrayList<>(COMPONENT.matcher(source).results().map(m -> m.group(1)).toList());
      MAP.matcher(source).results().forEach(map -> maps.add(key(map.group(1))));
      for (String outer : components) {
        add(prefix.group(1) + outer);
        for (String inner : components) {
          add(prefix.group(1) + outer + inner);
          components.forEach(third -> add(prefix.group(1) + outer + inner + third));
        }
      }
    }
  }

  private void add(String key) {
    names.add(key.replaceAll("[.-]", "").toUpperCase(Locale.ROOT));
  }
}
