package io.tenure.standalone.history;

import io.tenure.platform.failure.Failure;
import io.tenure.standalone.history.Mapping.Filter;
import io.tenure.standalone.history.Mapping.Join;
import io.tenure.standalone.history.Mapping.Lookup;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables to look things up in, held in memory. */
final class Lookups {

  private final Map<String, Map<String, Map<String, String>>> tables = new HashMap<>();

  private Lookups() {}

  static Lookups load(Mapping mapping, DataFiles data) {
    Lookups lookups = new Lookups();
    mapping
        .lookups()
        .forEach(
            (name, lookup) ->
                lookups.tables.put(name, table(lookup, mapping, data.matching(lookup.match()))));
    return lookups;
  }

  /** Adds what each join finds to the row. */
  void join(Row row, List<Join> joins) throws BadRowException {
    for (Join join : joins) {
      Map<String, Map<String, String>> table = tables.getOrDefault(join.lookup(), Map.of());
      row.join(join.lookup(), table.getOrDefault(join.key().render(row), Map.of()));
    }
  }

  private static Map<String, Map<String, String>> table(
      Lookup lookup, Mapping mapping, List<Path> files) {
    Map<String, Map<String, String>> table = new HashMap<>();
    for (Path file : files) {
      try (RowReader reader = RowReader.open(file, lookup.formatOr(mapping.format()))) {
        for (Row row = reader.next(); row != null; row = reader.next()) {
          row.check();
          if (passes(row, lookup.where())) {
            table.putIfAbsent(lookup.key().render(row), row.columns());
          }
        }
      } catch (BadRowException bad) {
        throw Failure.invalid(file.toString(), bad.reason());
      }
    }
    return table;
  }

  static boolean passes(Row row, List<Filter> filters) throws BadRowException {
    for (Filter filter : filters) {
      if (!filter.passes(filter.value().render(row))) {
        return false;
      }
    }
    return true;
  }
}
