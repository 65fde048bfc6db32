package io.tenure.platform.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "select 1",
        " \n-- why\n/* FORMAT */ SELECT 1",
        "WITH 1 AS x SELECT x",
        "(SELECT 1)",
        "FROM t SELECT a"
      })
  void selectsAreStreamed(String text) {
    assertThat(parsed(text)).isInstanceOf(Statement.Select.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SHOW TABLES|true|false",
        "EXPLAIN SELECT 1|true|false",
        "CREATE TABLE t (a UInt8) ENGINE = Memory|false|false",
        "CREATE TEMPORARY TABLE t (a UInt8)|false|true",
        "SET max_threads = 1|false|true",
        "USE other|false|true",
        "INSERT INTO t SELECT 1|false|false",
        "INSERT INTO t (a) WITH 1 AS x SELECT x|false|false"
      })
  void commandsSayWhatTheyChange(String text, boolean readOnly, boolean changesSession) {
    assertThat(parsed(text))
        .isInstanceOfSatisfying(
            Statement.Command.class,
            command -> {
              assertThat(command.readOnly()).isEqualTo(readOnly);
              assertThat(command.changesSession()).isEqualTo(changesSession);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT 1 FORMAT CSV|CSV",
        "SELECT 1 FORMAT JSONEachRow;|JSONEachRow",
        "SELECT 1 FORMAT TSV SETTINGS max_threads = 1|TSV",
        "SELECT format FROM t|",
        "SELECT 'x FORMAT CSV'|",
        "SELECT * FROM (SELECT 1 FORMAT CSV)|",
        "SELECT `a FORMAT b` -- FORMAT CSV|"
      })
  void theFormatIsTheOneAtTheEnd(String text, String format) {
    assertThat(((Statement.Select) parsed(text)).format()).isEqualTo(Optional.ofNullable(format));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "INSERT INTO t VALUES (1)|INSERT INTO t |Values| (1)",
        "INSERT INTO t (`values`, \"format\") VALUES (1)|INSERT INTO t (`values`, \"format\")"
            + " |Values| (1)",
        "insert into t(a)values(1)|insert into t(a)|Values|(1)",
        "INSERT INTO t FORMAT CSV 1,2|INSERT INTO t |CSV|1,2",
        "INSERT INTO 表 (a) SETTINGS x = 'VALUES' FORMAT TSV 1|INSERT INTO 表 (a) SETTINGS x ="
            + " 'VALUES' |TSV|1",
        "INSERT INTO FUNCTION null('a UInt8') VALUES (1)|INSERT INTO FUNCTION null('a UInt8')"
            + " |Values| (1)"
      })
  void anInsertIsCutWhereItsRowsBegin(String text, String head, String format, String rows)
      throws IOException {
    StatementSource source =
        StatementSource.read("", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(source.statement())
        .isInstanceOfSatisfying(
            Statement.Insert.class,
            insert -> {
              assertThat(insert.text().strip()).isEqualTo(head.strip());
              assertThat(insert.format()).isEqualTo(format);
            });
    assertThat(new String(source.data().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo(rows.strip());
  }

  @Test
  void anInsertIsFoundBehindAnyAmountOfText() throws IOException {
    for (int padding : new int[] {0, 65_500, 65_510, 65_520, 65_530, 300_000}) {
      String text =
          "INSERT INTO t /*" + "x".repeat(padding) + "*/ (a) FORMAT RowBinary\n\u0001\u0002";
      StatementSource source =
          StatementSource.read("", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      assertThat(source.statement())
          .isInstanceOfSatisfying(
              Statement.Insert.class, insert -> assertThat(insert.format()).isEqualTo("RowBinary"));
      assertThat(source.data().readAllBytes()).containsExactly(1, 2);
    }
  }

  @Test
  void aLongQueryIsReadToItsEnd() throws IOException {
    String text = "SELECT '" + "理".repeat(200_000) + "' FORMAT CSV";
    StatementSource source =
        StatementSource.read("", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(source.statement()).isEqualTo(new Statement.Select(text, Optional.of("CSV")));
  }

  @Test
  void whatTheEngineWouldSilentlyIgnoreIsRefused() {
    assertThatThrownBy(() -> parsed("INSERT INTO t SELECT a FROM input('a UInt8') FORMAT CSV\n1\n"))
        .hasMessageContaining("Code: 48");
    assertThatThrownBy(() -> parsed("SELECT 1; SELECT 2")).hasMessageContaining("Multi-statements");
    assertThatThrownBy(() -> parsed(" -- nothing\n")).hasMessageContaining("Code: 62");
  }

  private static Statement parsed(String text) {
    return Statement.parse(text.getBytes(StandardCharsets.UTF_8), true).orElseThrow();
  }
}
