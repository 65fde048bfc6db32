package io.tenure.profile.domain.consent;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What it means that a person said nothing, and which texts count.
 *
 * @param rules by purpose; a purpose without one allows what nobody spoke against
 * @param categories purposes of the categories that apps name, in lower case
 */
public record ConsentPolicy(Map<Purpose, Rule> rules, Map<String, Purpose> categories) {

  /** Of a project that chose none. */
  public static final ConsentPolicy DEFAULT = new ConsentPolicy(Map.of(), Map.of());

  /**
   * One purpose.
   *
   * @param missingAllowed whether it is allowed while a person said nothing
   * @param textVersion of the text shown now; empty when texts have no versions
   * @param currentTextOnly whether a grant of any other text counts as none
   */
  public record Rule(boolean missingAllowed, String textVersion, boolean currentTextOnly) {

    static final Rule OPEN = new Rule(true, "", false);

    /** Whether a grant of a text counts. */
    boolean accepts(String version) {
      return !currentTextOnly || version.equals(textVersion);
    }
  }

  /** Keeps its own copies. */
  public ConsentPolicy {
    rules = Map.copyOf(rules);
    Map<String, Purpose> lower = new LinkedHashMap<>();
    categories.forEach((name, purpose) -> lower.put(name.toLowerCase(Locale.ROOT), purpose));
    categories = Map.copyOf(lower);
  }

  /** The rule of a purpose. */
  public Rule rule(Purpose purpose) {
    return rules.getOrDefault(purpose, Rule.OPEN);
  }

  /** All rules, also those nobody chose. */
  public Map<Purpose, Rule> allRules() {
    Map<Purpose, Rule> all = new EnumMap<>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      all.put(purpose, rule(purpose));
    }
    return all;
  }

  /** What a category stands for; empty when it means nothing here. */
  public Optional<Purpose> purpose(String category) {
    String name = category.toLowerCase(Locale.ROOT);
    Purpose chosen = categories.get(name);
    if (chosen != null) {
      return Optional.of(chosen);
    }
    for (Purpose purpose : Purpose.values()) {
      if (purpose.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(purpose);
      }
    }
    return Optional.empty();
  }

  /** Whether silence about events or profiles is a no, so that everybody has to be looked up. */
  boolean needsGrants() {
    return !rule(Purpose.ANALYTICS).missingAllowed() || !rule(Purpose.PROFILING).missingAllowed();
  }
}
