package io.tenure.profile.store.seal;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.Column;
import io.tenure.platform.seal.MasterKeys.Wrapped;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.seal.KeyWraps.Count;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The users' sealed keys in the ClickHouse table {@code subject_keys}, which is written to the disk
 * before an insert is answered: a key that is lost takes its values with it.
 */
public final class ClickHouseSubjectKeys {

  private static final List<Column<StoredKey>> COLUMNS =
      List.of(
          new Column<>("project_id", (row, out) -> out.text(row.user().project().value())),
          new Column<>("user_number", (row, out) -> out.number32((int) row.user().number())),
          new Column<>("key_id", (row, out) -> out.text(row.id())),
          new Column<>("master_key", (row, out) -> out.text(row.wrapped().master())),
          new Column<>("wrapped", (row, out) -> out.text(row.wrapped().text())),
          new Column<>("version", (row, out) -> out.number64(row.version())));

  private static final int NUMBERS_PER_QUERY = 1_000;

  private final ClickHouse clickHouse;

  /** Keys in the given store. */
  public ClickHouseSubjectKeys(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  List<StoredKey> find(ProjectId project, Collection<Long> userNumbers) {
    List<StoredKey> found = new ArrayList<>();
    List<Long> numbers = List.copyOf(userNumbers);
    for (int start = 0; start < numbers.size(); start += NUMBERS_PER_QUERY) {
      int end = Math.min(start + NUMBERS_PER_QUERY, numbers.size());
      clickHouse.scan(
          """
          SELECT project_id, user_number, key_id, master_key, wrapped, version FROM subject_keys FINAL
          WHERE project_id = {project:String} AND user_number IN {numbers:Array(UInt32)}
          """,
          Map.of("project", project.value(), "numbers", numbers.subList(start, end)),
          row -> found.add(read(row)));
    }
    return found;
  }

  /** Durable when it returns. */
  void add(List<StoredKey> keys) {
    CRC32C content = new CRC32C();
    keys.forEach(key -> content.update(key.toString().getBytes(StandardCharsets.UTF_8)));
    clickHouse.insert("subject_keys", COLUMNS, keys, "subject_keys:" + content.getValue());
  }

  List<Count> counts() {
    return clickHouse.query(
        """
        SELECT project_id, master_key, count() AS keys FROM subject_keys FINAL
        GROUP BY project_id, master_key ORDER BY project_id, master_key
        """,
        Map.of(),
        row ->
            new Count(
                new ProjectId(row.getString("project_id")),
                row.getString("master_key"),
                row.getLong("keys")));
  }

  /** Keys that one of these masters seals. */
  List<StoredKey> wrappedBy(Collection<String> masters, int limit) {
    return clickHouse.query(
        """
        SELECT project_id, user_number, key_id, master_key, wrapped, version FROM subject_keys FINAL
        WHERE master_key IN {masters:Array(String)} LIMIT {limit:UInt32}
        """,
        Map.of("masters", masters, "limit", limit),
        ClickHouseSubjectKeys::read);
  }

  private static StoredKey read(GenericRecord row) {
    return new StoredKey(
        new UserKey(new ProjectId(row.getString("project_id")), row.getLong("user_number")),
        row.getString("key_id"),
        new Wrapped(row.getString("master_key"), row.getString("wrapped")),
        row.getLong("version"));
  }
}
