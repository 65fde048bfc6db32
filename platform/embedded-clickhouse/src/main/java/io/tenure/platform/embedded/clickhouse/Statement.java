package io.tenure.platform.embedded.clickhouse;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A statement, sorted by how the engine has to be asked for it.
 *
 * <p>{@link #parse} only finds the first keyword and the places where FORMAT, VALUES and SELECT
 * stand outside of quotes and brackets; the engine does the real parsing.
 */
sealed interface Statement {

  /** A query whose rows are streamed; {@code format} is the one its text names. */
  record Select(String text, Optional<String> format) implements Statement {}

  /**
   * An insert whose rows follow its text; {@code dataStart} is the byte at which they begin in what
   * was parsed.
   */
  record Insert(String text, String format, int dataStart) implements Statement {}

  /** Everything else: it runs to its end, and may change what outlives it. */
  record Command(String text, Optional<String> format, boolean readOnly, boolean changesSession)
      implements Statement {}

  Set<String> SELECT_WORDS = Set.of("SELECT", "WITH", "FROM");
  Set<String> READ_ONLY_WORDS = Set.of("SHOW", "DESCRIBE", "DESC", "EXISTS", "EXPLAIN", "CHECK");
  Set<String> SESSION_WORDS =
      Set.of("SET", "USE", "BEGIN", "START", "COMMIT", "ROLLBACK", "EXECUTE");

  /**
   * Reads a statement, or the beginning of an insert.
   *
   * @param bytes the text; behind it, rows in any format may have begun
   * @param whole whether more text may follow
   * @return empty when it is an insert whose rows have not begun yet
   */
  static Optional<Statement> parse(byte[] bytes, boolean whole) {
    // One character per byte: offsets stay byte offsets, and rows in a binary format do no harm.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    StatementScanner scanner = new StatementScanner(text);
    if (!scanner.next()) {
      throw new EngineException(ErrorCode.SYNTAX_ERROR, "Empty query");
    }
    return scanner.is("INSERT") ? insert(text, scanner, whole) : Optional.of(query(text, scanner));
  }

  /** True when rows may follow the text, so that it must not be read to its end. */
  static boolean isInsert(byte[] bytes) {
    StatementScanner scanner = new StatementScanner(new String(bytes, StandardCharsets.ISO_8859_1));
    return scanner.next() && scanner.is("INSERT");
  }

  private static Statement query(String text, StatementScanner scanner) {
    String first = scanner.word().toUpperCase(Locale.ROOT);
    boolean select = SELECT_WORDS.contains(first) || scanner.symbol() == '(';
    boolean temporary = false;
    Optional<String> format = Optional.empty();
    while (scanner.next()) {
      if (scanner.symbol() == ';' && scanner.depth() == 0) {
        if (scanner.next()) {
          throw new EngineException(ErrorCode.SYNTAX_ERROR, "Multi-statements are not allowed");
        }
        break;
      }
      temporary |= scanner.is("TEMPORARY");
      if (scanner.is("FORMAT") && scanner.depth() == 0) {
        format = trailingFormat(scanner.copy());
      }
    }
    if (select) {
      return new Select(decoded(text), format);
    }
    boolean changesSession = SESSION_WORDS.contains(first) || (temporary && first.equals("CREATE"));
    return new Command(decoded(text), format, READ_ONLY_WORDS.contains(first), changesSession);
  }

  private static Optional<Statement> insert(String text, StatementScanner scanner, boolean whole) {
    while (scanner.next()) {
      int start = scanner.start();
      if (scanner.depth() > 0) {
        continue;
      }
      if (scanner.is("VALUES")) {
        return Optional.of(new Insert(decoded(text.substring(0, start)), "Values", scanner.end()));
      }
      if (scanner.is("FORMAT")
          && scanner.next()
          && !scanner.word().isEmpty()
          && (whole || scanner.end() < text.length())) {
        return Optional.of(
            new Insert(decoded(text.substring(0, start)), scanner.word(), scanner.endOfLine()));
      }
      if (scanner.is("SELECT") || scanner.is("WITH") || scanner.is("FROM")) {
        return Optional.of(insertSelect(text, scanner));
      }
    }
    return Optional.empty();
  }

  private static Statement insertSelect(String text, StatementScanner scanner) {
    while (scanner.next()) {
      if (scanner.is("input") && scanner.next() && scanner.symbol() == '(') {
        throw new EngineException(
            ErrorCode.NOT_IMPLEMENTED,
            "The embedded engine has no table function input(): insert the rows as they are");
      }
    }
    return new Command(decoded(text), Optional.empty(), false, false);
  }

  private static String decoded(String oneCharacterPerByte) {
    return new String(
        oneCharacterPerByte.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /**
   * The word after FORMAT, if nothing but settings follows it: a column may be called format too.
   */
  private static Optional<String> trailingFormat(StatementScanner scanner) {
    if (!scanner.next() || scanner.word().isEmpty()) {
      return Optional.empty();
    }
    String name = scanner.word();
    boolean trailing = !scanner.next() || scanner.symbol() == ';' || scanner.is("SETTINGS");
    return trailing ? Optional.of(name) : Optional.empty();
  }
}
