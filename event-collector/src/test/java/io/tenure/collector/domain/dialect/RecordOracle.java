package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.fuzz.ExactJson;
import io.tenure.collector.fuzz.ExactJson.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must be true of the records read from a body, whatever the body is. */
public final class RecordOracle {

  private static final int MOST_NESTED = 32;
  private static final int LONGEST_NUMBER = 400;

  private RecordOracle() {}

  /** The records a body holds, by the second opinion: the elements of its array, or itself. */
  public static List<Value> recordsOf(Value body) {
    return body instanceof Value.Elements array ? array.values() : List.of(body);
  }

  /** Compares what was read with the body. */
  static void check(byte[] body, List<Value> expected, List<RecordReader.Element> actual) {
    require(expected.size() == actual.size(), "as many records as the body has");
    for (int i = 0; i < actual.size(); i++) {
      RecordReader.Element element = actual.get(i);
      Draft.Original original = new Draft.Original(body, element.from(), element.to());
      check(expected.get(i), element.fields(), element.fault(), original, Map.of());
    }
  }

  /** Compares drafts with the body. */
  public static void checkDrafts(
      List<Value> expected, List<Draft> actual, Map<String, Object> added) {
    require(expected.size() == actual.size(), "as many drafts as the body has records");
    for (int i = 0; i < actual.size(); i++) {
      Draft draft = actual.get(i);
      check(expected.get(i), draft.fields(), draft.fault(), draft.original(), added);
    }
  }

  /** Compares drafts with a content that came encrypted, so that their bytes are not its bytes. */
  public static void checkOpened(List<Value> expected, List<Draft> actual) {
    require(expected.size() == actual.size(), "as many drafts as the content has records");
    for (int i = 0; i < actual.size(); i++) {
      check(expected.get(i), actual.get(i).fields(), actual.get(i).fault(), Map.of());
    }
  }

  private static void check(
      Value expected,
      Map<String, Object> fields,
      Verdict.@Nullable Quarantine fault,
      Draft.Original original,
      Map<String, Object> added) {
    Value slice =
        ExactJson.read(original.bytes())
            .orElseThrow(() -> new AssertionError("the kept bytes are not one JSON value"));
    require(slice.equals(expected), "the kept bytes are the record's");
    check(expected, fields, fault, added);
  }

  private static void check(
      Value expected,
      Map<String, Object> fields,
      Verdict.@Nullable Quarantine fault,
      Map<String, Object> added) {
    if (fault == null) {
      require(expected instanceof Value.Members, "only objects are accepted");
      require(ExactJson.depth(expected) <= MOST_NESTED, "nothing deeper than the limit");
      require(!ExactJson.hasDuplicates(expected), "no ambiguous key");
      require(ExactJson.longestNumber(expected) <= LONGEST_NUMBER, "no absurd number");
      require(ExactJson.same(with(added, expected), fields), "every value is the same");
    } else {
      require(isJust(fault.reason(), expected), "a fault that the record has");
    }
  }

  private static Value with(Map<String, Object> added, Value record) {
    if (!(record instanceof Value.Members members)) {
      return record;
    }
    List<Map.Entry<String, Value>> fields = new ArrayList<>();
    for (Map.Entry<String, Value> field : members.fields()) {
      @Nullable Object replaced = added.get(field.getKey());
      fields.add(replaced == null ? field : Map.entry(field.getKey(), new Value.Plain(replaced)));
    }
    for (Map.Entry<String, Object> addition : added.entrySet()) {
      if (members.fields().stream().noneMatch(field -> field.getKey().equals(addition.getKey()))) {
        fields.add(Map.entry(addition.getKey(), new Value.Plain(addition.getValue())));
      }
    }
    return new Value.Members(fields);
  }

  private static boolean isJust(QuarantineReason reason, Value record) {
    return switch (reason) {
      case NOT_AN_OBJECT -> !(record instanceof Value.Members);
      case DUPLICATE_KEY -> ExactJson.hasDuplicates(record);
      case NESTED_TOO_DEEP -> ExactJson.depth(record) > MOST_NESTED;
      case NUMBER_OUT_OF_RANGE -> ExactJson.longestNumber(record) > 10;
      default -> false;
    };
  }

  /** Only what is not JSON may be refused as a whole, and names that have no UTF-8. */
  public static void checkRefused(Optional<Value> body) {
    require(body.isEmpty() || ExactJson.hasHalfName(body.get()), "JSON is not refused");
  }

  /** Fails a run. */
  public static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("Broken: " + what);
    }
  }
}
