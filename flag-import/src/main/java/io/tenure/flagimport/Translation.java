package io.tenure.flagimport;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Translates the flags of a document, each after those it waits for, and gathers what became of
 * them.
 */
final class Translation {

  private static final Set<Kind> ID_KINDS = EnumSet.of(Kind.TEXT);

  private final Map<String, Json> definitions;
  private final Peer peer;
  private final Map<String, Translated> done = new LinkedHashMap<>();
  private final Map<String, Refusal> refusals = new TreeMap<>();
  private final Set<String> begun = new HashSet<>();

  /** How flags of a peer are translated. */
  @FunctionalInterface
  interface Peer {
    /**
     * The flag as one of ours.
     *
     * @throws Untranslatable when it is none
     */
    Translated translate(String key, Json definition, Translation others);
  }

  Translation(Map<String, Json> definitions, Peer peer) {
    this.definitions = definitions;
    this.peer = peer;
  }

  Imported run() {
    definitions.keySet().forEach(this::translate);
    List<Premise> premises = new ArrayList<>();
    done.forEach((key, flag) -> premises.addAll(flag.premises().of(key, ID_KINDS)));
    return new Imported(
        done.values().stream().map(Translated::flag).toList(),
        premises,
        List.copyOf(refusals.values()));
  }

  /** How the document defines a flag; missing when it does not. */
  Json definition(String key) {
    return definitions.getOrDefault(key, Json.MISSING);
  }

  /**
   * A flag that another one waits for; none when the document has none.
   *
   * @throws Untranslatable when it is refused or waits for the other one itself
   */
  Optional<Translated> flag(String key, Json where) {
    if (!definitions.containsKey(key)) {
      return Optional.empty();
    }
    if (begun.contains(key) && !done.containsKey(key) && !refusals.containsKey(key)) {
      throw where.refused("it waits for '" + key + "', which waits for it");
    }
    Translated flag = translate(key);
    if (flag == null) {
      throw where.refused("it waits for '" + key + "', which is refused");
    }
    return Optional.of(flag);
  }

  private @Nullable Translated translate(String key) {
    if (begun.add(key)) {
      Json definition = definitions.get(key);
      try {
        if (definition != null) {
          done.put(key, peer.translate(key, definition, this));
        }
      } catch (Untranslatable refused) {
        refusals.put(key, refused.of(key));
      } catch (IllegalArgumentException limit) {
        // Our own values say what they do not accept: names and texts that are too long.
        refusals.put(key, new Refusal(key, "", String.valueOf(limit.getMessage())));
      }
    }
    return done.get(key);
  }
}
