package io.tenure.flagimport;

import io.tenure.evaluator.Kept;
import io.tenure.evaluator.KeptKey;
import io.tenure.evaluator.Subject;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subject that has the attributes a peer was given, and ids as {@link FlagImport} wants them. */
record Person(Map<UnitType, String> idAttributes, Map<String, Value> attributes)
    implements Subject {

  static Person of(Map<UnitType, String> idAttributes, Map<String, Object> given) {
    Map<String, Value> attributes = new HashMap<>();
    given.forEach(
        (name, value) ->
            attributes.put(name, new Json(Oracle.MAPPER.valueToTree(value), "").value()));
    return new Person(idAttributes, attributes);
  }

  @Override
  public @Nullable String id(UnitType type) {
    String name = idAttributes.get(type);
    return switch (name == null ? null : attributes.get(name)) {
      case Value.Text(String text) when !text.isEmpty() -> text;
      case Value.Numeric(double number) -> Scalars.written(number);
      case null, default -> null;
    };
  }

  @Override
  public @Nullable Value attribute(String name) {
    return attributes.get(name);
  }

  @Override
  public boolean isMemberOf(String segmentId) {
    return false;
  }

  @Override
  public @Nullable Kept kept(KeptKey key) {
    return null;
  }
}
