package io.tenure.profile.store;

import io.tenure.condition.store.Operand;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.search.Ordering;
import io.tenure.profile.domain.search.ProfileIndex.Position;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The order of a search as SQL: expressions before the user's number, which makes the order total,
 * so that a page can start behind any user.
 */
final class SortKeys {

  /**
   * One expression of the order.
   *
   * @param type of its values
   */
  private record SortKey(String sql, String type) {}

  private static final String TEXT = "String";
  private static final String INTEGER = "Int64";
  private static final String DECIMAL = "Decimal(76, 38)";

  private final SqlParameters parameters;
  private final List<SortKey> keys;
  private final boolean descending;

  SortKeys(SqlParameters parameters, Ordering ordering) {
    this.parameters = parameters;
    this.keys = keys(ordering.key());
    this.descending = ordering.descending();
  }

  /** The values of a user's place as columns {@code k0, k1, ...}; starts with a comma. */
  String columns() {
    return IntStream.range(0, keys.size())
        .mapToObj(i -> ", toString(" + keys.get(i).sql() + ") AS k" + i)
        .collect(Collectors.joining());
  }

  int count() {
    return keys.size();
  }

  /** Whether a user comes after a place. */
  String after(Position position) {
    if (position.keys().size() != keys.size()) {
      throw strange();
    }
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      left.add(keys.get(i).sql());
      right.add(parameters.keep(keys.get(i).type(), checked(keys.get(i), position.keys().get(i))));
    }
    left.add("user_number");
    right.add(parameters.userNumber(position.userNumber()));
    String sign = descending ? " < " : " > ";
    return left.size() == 1
        ? left.getFirst() + sign + right.getFirst()
        : "tuple("
            + String.join(", ", left)
            + ")"
            + sign
            + "tuple("
            + String.join(", ", right)
            + ")";
  }

  String orderBy() {
    String direction = descending ? " DESC" : "";
    return keys.stream().map(key -> key.sql() + direction + ", ").collect(Collectors.joining())
        + "user_number"
        + direction;
  }

  private List<SortKey> keys(Ordering.Key key) {
    return switch (key) {
      case Ordering.Key.Fact(Ordering.Field field) ->
          switch (field) {
            case USER_NUMBER -> List.of();
            case LOGIN_ID -> List.of(new SortKey("login_id", TEXT));
            case FIRST_SEEN_TIME -> List.of(millis("first_seen_time"));
            case LAST_SEEN_TIME -> List.of(millis("last_seen_time"));
            case EVENT_COUNT -> List.of(new SortKey("toInt64(event_count)", INTEGER));
            case UPDATE_TIME -> List.of(millis("update_time"));
          };
      case Ordering.Key.Trait(String name) -> trait(name);
    };
  }

  private static SortKey millis(String column) {
    return new SortKey("toUnixTimestamp64Milli(" + column + ")", INTEGER);
  }

  private List<SortKey> trait(String name) {
    Operand trait = Operand.ofTrait(parameters, name);
    String number = trait.decimal();
    String kind =
        "toInt64(multiIf(NOT " + trait.present() + ", 0, isNotNull(" + number + "), 1, 2))";
    return List.of(
        new SortKey(kind, INTEGER),
        new SortKey("ifNull(" + number + ", toDecimal256(0, 38))", DECIMAL),
        new SortKey("if(isNull(" + number + "), " + trait.text() + ", '')", TEXT));
  }

  private static String checked(SortKey key, String value) {
    try {
      return switch (key.type()) {
        case INTEGER -> Long.toString(Long.parseLong(value));
        case DECIMAL -> new BigDecimal(value).toPlainString();
        default -> value;
      };
    } catch (NumberFormatException none) {
      throw strange();
    }
  }

  private static Failure strange() {
    return Failure.invalid("page_token", "is not one this service gave out");
  }
}
