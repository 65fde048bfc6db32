package io.tenure.condition.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.TimeRange;
import io.tenure.condition.domain.Value;
import io.tenure.condition.domain.Window;
import io.tenure.platform.json.Json;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stored form of definitions that hold conditions. Kinds are named here, so that a renamed
 * class never makes a stored definition unreadable.
 */
public final class ConditionJson {

  /** Writes and reads records that hold conditions, selectors, values or windows. */
  public static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .addMixIn(Condition.class, ConditionKinds.class)
          .addMixIn(Value.class, ValueKinds.class)
          .addMixIn(Window.class, WindowKinds.class)
          .addMixIn(TimeRange.class, RangeFields.class)
          .build();

  private ConditionJson() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Condition.All.class, name = "all"),
    @JsonSubTypes.Type(value = Condition.Any.class, name = "any"),
    @JsonSubTypes.Type(value = Condition.Not.class, name = "not"),
    @JsonSubTypes.Type(value = Condition.Trait.class, name = "trait"),
    @JsonSubTypes.Type(value = Condition.EventCount.class, name = "event"),
    @JsonSubTypes.Type(value = Condition.Latest.class, name = "latest"),
    @JsonSubTypes.Type(value = Condition.InSegment.class, name = "segment"),
    @JsonSubTypes.Type(value = Condition.Sequence.class, name = "sequence")
  })
  private interface ConditionKinds {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Value.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Value.Decimal.class, name = "number"),
    @JsonSubTypes.Type(value = Value.Flag.class, name = "flag")
  })
  private interface ValueKinds {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Window.Always.class, name = "always"),
    @JsonSubTypes.Type(value = Window.Last.class, name = "last"),
    @JsonSubTypes.Type(value = Window.Between.class, name = "between")
  })
  private interface WindowKinds {}

  @JsonIgnoreProperties("empty")
  private interface RangeFields {}
}
