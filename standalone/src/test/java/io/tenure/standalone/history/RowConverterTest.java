package io.tenure.standalone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowConverterTest {

  private static final Map<String, String> ROW =
      Map.of(
          "id", "7",
          "user", "u1",
          "date", "930705",
          "kind", "PRIJEM",
          "amount", "700.10",
          "cash", "true",
          "note", " ",
          "branch", "3");

  @TempDir private Path folder;
  private RowConverter converter;

  @BeforeEach
  void readMapping() throws Exception {
    Files.writeString(
        folder.resolve("mapping.yaml"),
        """
        version: 1
        zone: Europe/Prague
        lookups:
          branch: {match: branches.csv, key: "{number}"}
        files:
          - name: payments
            match: "payments.csv"
            join: [{lookup: branch, key: "{branch}"}]
            where: [{value: "{kind}", not-in: [SKIP]}]
            user: "user-{user}"
            id: "{id}"
            time: {from: "{date}", pattern: yyMMdd, century: 1900, at: "12:00"}
            event: {from: "{kind}", values: {PRIJEM: Deposit}}
            properties:
              amount: {from: "{amount}", type: number}
              cash: {from: "{cash}", type: boolean}
              note: "{note}"
              year: "19{date:0:2}"
              city: "{branch.city}"
            traits:
              city: "{branch.city}"
        """);
    Files.writeString(folder.resolve("branches.csv"), "number,city\n3,Praha\n3,Brno\n");
    Mapping mapping = MappingFile.read(folder.resolve("mapping.yaml"));
    Lookups lookups = Lookups.load(mapping, DataFiles.in(List.of(folder)));
    converter = new RowConverter(mapping.files().getFirst(), mapping, lookups, "payments.csv");
  }

  @Test
  void makesAnEventAndAProfileOfARow() throws Exception {
    List<Map<String, Object>> records = convert(Map.of());

    assertThat(records).hasSize(2);
    assertThat(records.get(0))
        .containsEntry("type", "identify")
        .containsEntry("messageId", "payments/7/traits")
        .containsEntry("traits", Map.of("city", "Praha"));
    assertThat(records.get(1))
        .containsEntry("type", "track")
        .containsEntry("messageId", "payments/7")
        .containsEntry("userId", "user-u1")
        .containsEntry("event", "Deposit")
        .containsEntry("timestamp", "1993-07-05T10:00:00Z")
        .containsEntry("time_free", true)
        .containsEntry(
            "properties",
            Map.of(
                "amount", new BigDecimal("700.10"), "cash", true, "year", "1993", "city", "Praha"));
  }

  @Test
  void leavesOutWhatALookupDoesNotKnow() throws Exception {
    List<Map<String, Object>> records = convert(Map.of("branch", "9"));

    assertThat(records).hasSize(1);
    assertThat(records.getFirst().get("properties")).asString().doesNotContain("city");
  }

  @Test
  void holdsBackFilteredRows() throws Exception {
    assertThat(convert(Map.of("kind", "SKIP"))).isEmpty();
  }

  @Test
  void rejectsRowsWithTheReason() {
    rejects(Map.of("date", "931332"), "'931332' is no time of the form yyMMdd");
    rejects(Map.of("amount", "many"), "'many' is no number");
    rejects(Map.of("cash", "perhaps"), "'perhaps' is neither true nor false");
    rejects(Map.of("kind", "OTHER"), "There is no translation of 'OTHER'");
    rejects(Map.of("kind", ""), "The event is empty");
    rejects(Map.of("id", ""), "The id is empty");
    assertThatExceptionOfType(BadRowException.class)
        .isThrownBy(() -> converter.convert(Row.of(1, 2, Map.of("id", "7"))))
        .withMessage("There is no column 'branch'");
  }

  private void rejects(Map<String, String> changes, String reason) {
    assertThatExceptionOfType(BadRowException.class)
        .isThrownBy(() -> convert(changes))
        .withMessage(reason);
  }

  private List<Map<String, Object>> convert(Map<String, String> changes) throws Exception {
    Map<String, String> columns = new HashMap<>(ROW);
    columns.putAll(changes);
    return converter.convert(Row.of(1, 2, columns));
  }
}
