package io.tenure.platform.embedded.clickhouse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A statement and the rows that come with it. The statement may begin in the URL and go on in the
 * body, and the rows of an insert may follow it in either.
 *
 * @param data the rows, still to be read; empty unless the statement is an insert
 */
record StatementSource(Statement statement, InputStream data) {

  private static final int FIRST_READ = 64 * 1024;
  private static final int LARGEST_STATEMENT = 64 * 1024 * 1024;

  static StatementSource read(String urlQuery, InputStream body) throws IOException {
    InputStream source = body;
    if (!urlQuery.isEmpty()) {
      byte[] beginning = urlQuery.getBytes(StandardCharsets.UTF_8);
      Optional<Statement> parsed = Statement.parse(beginning, true);
      if (parsed.isPresent() && parsed.get() instanceof Statement.Insert insert) {
        return withData(insert, beginning, body);
      }
      if (parsed.isEmpty()) {
        return new StatementSource(new Statement.Insert(urlQuery, "Values", 0), body);
      }
      source =
          new SequenceInputStream(
              new ByteArrayInputStream((urlQuery + "\n").getBytes(StandardCharsets.UTF_8)), body);
    }
    return read(source);
  }

  /** Reads a query to its end, but an insert only as far as its rows. */
  private static StatementSource read(InputStream source) throws IOException {
    byte[] text = source.readNBytes(FIRST_READ);
    int wanted = FIRST_READ;
    while (true) {
      boolean whole = text.length < wanted;
      if (whole || Statement.isInsert(text)) {
        Optional<Statement> parsed = Statement.parse(text, whole);
        if (parsed.isPresent() && parsed.get() instanceof Statement.Insert insert) {
          return withData(insert, text, source);
        }
        if (whole) {
          String all = new String(text, StandardCharsets.UTF_8);
          return new StatementSource(
              parsed.orElse(new Statement.Insert(all, "Values", 0)), InputStream.nullInputStream());
        }
      }
      if (wanted >= LARGEST_STATEMENT) {
        throw new EngineException(
            ErrorCode.QUERY_IS_TOO_LARGE,
            "The statement is longer than " + LARGEST_STATEMENT + " bytes");
      }
      wanted *= 4;
      byte[] more = source.readNBytes(wanted - text.length);
      int length = text.length;
      text = Arrays.copyOf(text, length + more.length);
      System.arraycopy(more, 0, text, length, more.length);
    }
  }

  private static StatementSource withData(Statement.Insert insert, byte[] text, InputStream rest) {
    int start = insert.dataStart();
    return new StatementSource(
        insert,
        new SequenceInputStream(new ByteArrayInputStream(text, start, text.length - start), rest));
  }
}
