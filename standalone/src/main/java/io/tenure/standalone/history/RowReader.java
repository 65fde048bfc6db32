package io.tenure.standalone.history;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import io.tenure.standalone.history.Mapping.Format;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the rows of a file one after the other, never the whole file. */
abstract class RowReader implements AutoCloseable {

  private final Path file;

  private RowReader(Path file) {
    this.file = file;
  }

  /** Opens a file. */
  static RowReader open(Path file, Format format) {
    try {
      BufferedReader text =
          new BufferedReader(new InputStreamReader(unpack(file), format.charset()), 1 << 16);
      return switch (format.kind()) {
        case CSV -> new Csv(file, text, format);
        case NDJSON -> new Ndjson(file, text);
      };
    } catch (IOException exception) {
      throw Failure.invalid(file.toString(), "can't be read");
    }
  }

  /** The next row, or null at the end. A row that can't be read is returned as such. */
  final @Nullable Row next() {
    try {
      return read();
    } catch (IOException | UncheckedIOException broken) {
      throw Failure.invalid(file.toString(), "breaks off after row " + position());
    }
  }

  abstract long position();

  abstract @Nullable Row read() throws IOException;

  @Override
  public abstract void close();

  private static InputStream unpack(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
  }

  private static final class Csv extends RowReader {

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> names;
    private long position;

    Csv(Path file, BufferedReader text, Format format) throws IOException {
      super(file);
      CSVFormat.Builder builder =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(format.separator())
              .setQuote(format.quote())
              .setIgnoreEmptyLines(true);
      if (format.header()) {
        builder.setHeader().setSkipHeaderRecord(true);
      }
      this.parser = CSVParser.parse(text, builder.get());
      this.names = format.columns().isEmpty() ? parser.getHeaderNames() : format.columns();
      this.records = parser.iterator();
    }

    @Override
    long position() {
      return position;
    }

    @Override
    @Nullable Row read() {
      if (!records.hasNext()) {
        return null;
      }
      CSVRecord record = records.next();
      position++;
      long line = parser.getCurrentLineNumber();
      if (record.size() != names.size()) {
        return Row.unreadable(
            position,
            line,
            String.join(",", record.toList()),
            "The row has " + record.size() + " values for " + names.size() + " columns");
      }
      Map<String, String> columns = LinkedHashMap.newLinkedHashMap(names.size());
      for (int i = 0; i < names.size(); i++) {
        columns.put(names.get(i), record.get(i));
      }
      return Row.of(position, line, columns);
    }

    @Override
    public void close() {
      try {
        parser.close();
      } catch (IOException exception) {
        throw new UncheckedIOException(exception);
      }
    }
  }

  private static final class Ndjson extends RowReader {

    private final BufferedReader text;
    private long position;
    private long line;

    Ndjson(Path file, BufferedReader text) {
      super(file);
      this.text = text;
    }

    @Override
    long position() {
      return position;
    }

    @Override
    @Nullable Row read() throws IOException {
      String json = text.readLine();
      line++;
      while (json != null && json.isBlank()) {
        json = text.readLine();
        line++;
      }
      if (json == null) {
        return null;
      }
      position++;
      try {
        Map<String, String> columns = new LinkedHashMap<>();
        flatten("", Json.read(json), columns);
        return Row.of(position, line, columns);
      } catch (JacksonException notJson) {
        return Row.unreadable(position, line, json, "The line is not a JSON object");
      }
    }

    private static void flatten(String name, JsonNode node, Map<String, String> columns) {
      if (node.isObject()) {
        String prefix = name.isEmpty() ? "" : name + ".";
        node.properties()
            .forEach(field -> flatten(prefix + field.getKey(), field.getValue(), columns));
      } else if (node.isNull()) {
        columns.put(name, "");
      } else if (node.isArray()) {
        columns.put(name, node.toString());
      } else if (node.isNumber()) {
        columns.put(name, node.decimalValue().toPlainString());
      } else {
        columns.put(name, node.asString());
      }
    }

    @Override
    public void close() {
      try {
        text.close();
      } catch (IOException exception) {
        throw new UncheckedIOException(exception);
      }
    }
  }
}
