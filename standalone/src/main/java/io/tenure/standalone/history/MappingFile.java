package io.tenure.standalone.history;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads mapping files. An unknown or missing field is an error, because a typing error is likely.
 */
final class MappingFile {

  private static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private MappingFile() {}

  /**
   * Reads a mapping.
   *
   * @throws Failure INVALID_ARGUMENT with the place of the mistake
   */
  static Mapping read(Path file) {
    Object tree = load(file);
    if (tree == null) {
      throw Failure.invalid(file.getFileName().toString(), "is empty");
    }
    Mapping mapping;
    try {
      mapping = MAPPER.convertValue(tree, Mapping.class);
    } catch (JacksonException exception) {
      throw Failure.invalid(place(exception), reason(exception));
    }
    List<String> undefined = mapping.undefinedLookups();
    if (!undefined.isEmpty()) {
      throw Failure.invalid("lookups", "there is no lookup " + undefined);
    }
    return mapping;
  }

  private static Object load(Path file) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new Yaml(new SafeConstructor(options)).load(reader);
    } catch (IOException exception) {
      throw Failure.invalid(file.toString(), "can't be read");
    } catch (YAMLException exception) {
      throw Failure.invalid(file.getFileName().toString(), String.valueOf(exception.getMessage()));
    }
  }

  private static String place(JacksonException exception) {
    StringBuilder place = new StringBuilder("mapping");
    for (JacksonException.Reference reference : exception.getPath()) {
      if (reference.getPropertyName() == null) {
        place.append('[').append(reference.getIndex()).append(']');
      } else {
        place.append('.').append(reference.getPropertyName());
      }
    }
    return place.toString();
  }

  private static String reason(JacksonException exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure.text();
      }
    }
    return String.valueOf(exception.getOriginalMessage());
  }
}
