package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.UnicodeText;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.domain.record.Verdict.Accept;
import io.tenure.collector.domain.record.Verdict.Quarantine;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names of events and properties. Sensors names follow that protocol's own rule; names of the other
 * protocols may hold anything printable.
 */
public final class NameRule implements Step {

  private static final Set<String> RESERVED =
      Set.of(
          "distinct_id",
          "original_id",
          "time",
          "properties",
          "id",
          "first_id",
          "second_id",
          "users",
          "events",
          "event",
          "user_id",
          "date",
          "datetime");

  private static final List<String> RESERVED_BEGINNINGS = List.of("user_group", "user_tag");

  private final int maxLength;

  /** Names up to the limit's length. */
  public NameRule(Limits limits) {
    this.maxLength = limits.nameLength();
  }

  @Override
  public StepName name() {
    return StepName.NAMES;
  }

  @Override
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    Dialect dialect = draft.dialect();
    if (record instanceof LogRecord.Event event && !isName(dialect, event.name())) {
      return new Quarantine(QuarantineReason.EVENT_NAME_INVALID, "The event name " + rule(dialect));
    }
    for (String name : propertyNames(record)) {
      if (!isPropertyName(dialect, name)) {
        return new Quarantine(
            QuarantineReason.PROPERTY_NAME_INVALID, "A property name " + rule(dialect));
      }
    }
    return new Accept(record);
  }

  private static Iterable<String> propertyNames(LogRecord.Accepted record) {
    return switch (record) {
      case LogRecord.Event event -> event.properties().keySet();
      case LogRecord.Item item -> item.properties().keySet();
      case LogRecord.ProfileChange profile ->
          profile.changes().stream()
              .filter(change -> change.operation() != TraitChange.Operation.DELETE)
              .map(TraitChange::name)
              .toList();
    };
  }

  private String rule(Dialect dialect) {
    return switch (dialect) {
      case SENSORS ->
          "must have 1 to "
              + maxLength
              + " of a-z, A-Z, 0-9, _ and $, not begin with a digit,"
              + " and not be reserved";
      case SEGMENT, NATIVE -> "must have 1 to " + maxLength + " printable characters";
    };
  }

  private boolean isPropertyName(Dialect dialect, String name) {
    return isName(dialect, name)
        && (dialect != Dialect.SENSORS || !isReserved(name.toLowerCase(Locale.ROOT)));
  }

  private static boolean isReserved(String name) {
    if (RESERVED.contains(name)) {
      return true;
    }
    for (String beginning : RESERVED_BEGINNINGS) {
      if (name.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  private boolean isName(Dialect dialect, String name) {
    if (name.isEmpty() || name.length() > maxLength) {
      return false;
    }
    return switch (dialect) {
      case SENSORS -> !isDigit(name.charAt(0)) && hasSensorsCharactersOnly(name);
      case SEGMENT, NATIVE ->
          UnicodeText.isValid(name)
              && !name.isBlank()
              && name.codePoints().noneMatch(Character::isISOControl);
    };
  }

  private static boolean hasSensorsCharactersOnly(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isSensorsCharacter(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSensorsCharacter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '$';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
