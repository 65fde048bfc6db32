package io.tenure.standalone;

import io.tenure.platform.testing.FileSearch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Values of a person that occur nowhere else. They are alike in nothing: what repeats, a store may
 * keep as a reference that no search sees.
 */
record Canaries(String login, String device, String card, String city, String shop) {

  /** All of them. */
  List<String> all() {
    return List.of(login, device, card, city, shop);
  }

  /** Those that some file below a directory holds. */
  Set<String> in(Path directory) {
    return in(directory, file -> true);
  }

  /** Those that a file below a directory holds, but for the files in one of its directories. */
  Set<String> outside(Path directory, String but) {
    return in(directory, file -> !file.startsWith(but));
  }

  private Set<String> in(Path directory, Predicate<Path> meant) {
    return FileSearch.found(directory, meant, this::held);
  }

  private Set<String> held(String bytes) {
    Set<String> held = new HashSet<>();
    for (String canary : all()) {
      if (bytes.contains(canary) || bytes.contains(base64(canary))) {
        held.add(canary);
      }
    }
    return held;
  }

  /** How a text that stands at the beginning begins in Base64; enough for a search. */
  private static String base64(String text) {
    return Base64.getEncoder()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8))
        .substring(0, 12);
  }
}
