package io.tenure.experiment.domain.warehouse;

import io.tenure.platform.failure.Failure;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The column of a query that holds units. Only plain names are taken, so that nothing but a column
 * can get into the SQL.
 *
 * @param name such as {@code unit} or {@code t.login_id}
 */
public record UnitColumn(String name) {

  private static final String DEFAULT = "unit";
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}(\\.[A-Za-z_][A-Za-z0-9_]{0,99}){0,2}");
  private static final Pattern DOT = Pattern.compile("\\.");

  /** Accepts a plain name; an empty one means {@code unit}. */
  public UnitColumn {
    name = name.isEmpty() ? DEFAULT : name;
    if (!NAME.matcher(name).matches()) {
      throw Failure.invalid(
          "unit_column", "letters, digits and '_', in at most three parts separated by '.'");
    }
  }

  /** As it stands in SQL, where it may be a reserved word. */
  String quoted() {
    return Arrays.stream(DOT.split(name, -1)).collect(Collectors.joining("`.`", "`", "`"));
  }
}
