package io.tenure.profile.domain.export;

import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.visibility.Visibility;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Traits in a record: their values, and only the names of those that can't be handed out. */
final class PersonTraits {

  private static final String UNREADABLE =
      "Values whose key or master key is lost can't be read by anybody; records name them in"
          + " unreadable_traits.";

  /** Sealed text; no JSON begins with it. */
  private static final String SEALED = "~";

  private final Visibility visibility;
  private final Document document;

  PersonTraits(Visibility visibility, Document document) {
    this.visibility = visibility;
    this.document = document;
  }

  void write(Map<String, TraitValue> traits, JsonRecord record) {
    JsonRecord values = new JsonRecord();
    Set<String> masked = new TreeSet<>();
    Set<String> unreadable = new TreeSet<>();
    new TreeMap<>(traits)
        .forEach(
            (name, value) -> {
              if (!visibility.shows(name)) {
                masked.add(name);
              } else if (value.json().startsWith(SEALED)) {
                unreadable.add(name);
              } else {
                values.put(name, value);
              }
            });
    record.put("traits", values);
    if (!masked.isEmpty()) {
      record.put("masked_traits", masked);
    }
    if (!unreadable.isEmpty()) {
      record.put("unreadable_traits", unreadable);
      document.remark(UNREADABLE);
    }
  }
}
