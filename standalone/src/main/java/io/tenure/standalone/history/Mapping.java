package io.tenure.standalone.history;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.tenure.platform.failure.Failure;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How rows of files become events and profiles, as written in the mapping file. Wherever a value is
 * asked for, a template such as {@code "account-{account_id}"} is given.
 *
 * <p>Jackson hands these records null for whatever the file leaves out; the constructors put the
 * default in its place or refuse it, so that nobody else meets a null.
 *
 * @param version 1
 * @param zone time zone of times that name none
 * @param format of files that say nothing else
 * @param lookups small tables whose columns are used as {@code {lookup.column}}
 * @param files what to import, in this order
 */
record Mapping(
    int version, ZoneId zone, Format format, Map<String, Lookup> lookups, List<Source> files) {

  Mapping {
    zone = zone == null ? ZoneId.of("UTC") : zone;
    format = format == null ? Format.DEFAULT : format;
    lookups = lookups == null ? Map.of() : Map.copyOf(lookups);
    files = files == null ? List.of() : List.copyOf(files);
    require(version == 1, "version", "must be 1");
    require(!files.isEmpty(), "files", "must not be empty");
  }

  /** The kinds of files. */
  enum Kind {
    /** Separated values. */
    CSV,
    /** One JSON object a line; nested fields are named {@code outer.inner}. */
    NDJSON
  }

  /**
   * The form of a file. A name that ends in {@code .gz} is unpacked.
   *
   * @param kind kind of file
   * @param separator between values
   * @param quote around values
   * @param header whether the first line names the columns
   * @param columns names of the columns when there is no header
   * @param charset of the text
   */
  record Format(
      Kind kind,
      Character separator,
      Character quote,
      Boolean header,
      List<String> columns,
      Charset charset) {

    static final Format DEFAULT =
        new Format(Kind.CSV, ',', '"', true, List.of(), StandardCharsets.UTF_8);

    Format {
      kind = kind == null ? Kind.CSV : kind;
      separator = separator == null ? ',' : separator;
      quote = quote == null ? '"' : quote;
      columns = columns == null ? List.of() : List.copyOf(columns);
      header = header == null ? columns.isEmpty() : header;
      charset = charset == null ? StandardCharsets.UTF_8 : charset;
      require(header || kind == Kind.NDJSON || !columns.isEmpty(), "columns", "must be given");
    }
  }

  /**
   * A table to look things up in; of several rows with one key the first counts.
   *
   * @param match pattern of the file's name, with {@code *}
   * @param key what rows are found by
   * @param where which rows are taken
   */
  record Lookup(String match, @Nullable Format format, Template key, List<Filter> where) {

    Lookup {
      where = where == null ? List.of() : List.copyOf(where);
      require(match != null, "match", "must be given");
      require(key != null, "key", "must be given");
    }

    Format formatOr(Format otherwise) {
      return format == null ? otherwise : format;
    }
  }

  /** Adds the columns of a lookup's row to a row. */
  record Join(String lookup, Template key) {
    Join {
      require(lookup != null, "lookup", "must be given");
      require(key != null, "key", "must be given");
    }
  }

  /** Lets a row pass when the value is one of, or none of, some texts. */
  record Filter(Template value, List<String> in, List<String> notIn) {
    Filter {
      require(value != null, "value", "must be given");
      require((in == null) != (notIn == null), "in", "or not-in must be given, not both");
      in = in == null ? List.of() : List.copyOf(in);
      notIn = notIn == null ? List.of() : List.copyOf(notIn);
    }

    boolean passes(String text) {
      return notIn.isEmpty() ? in.contains(text) : !notIn.contains(text);
    }
  }

  /**
   * What is made of the rows of one kind of file.
   *
   * @param name of the source; part of every id, so changing it imports anew
   * @param match pattern of the file names, with {@code *}
   * @param join lookups, one after the other; a later key may use an earlier lookup's columns
   * @param where which rows are taken
   * @param user id of the user
   * @param id of the row, unique in the source; without it the file's name and the row's number
   * @param time when it happened
   * @param event name of the event; none when the row only tells traits
   * @param properties of the event
   * @param traits of the user
   */
  record Source(
      String name,
      String match,
      @Nullable Format format,
      List<Join> join,
      List<Filter> where,
      Template user,
      @Nullable Template id,
      Time time,
      @Nullable Field event,
      Map<String, Field> properties,
      Map<String, Field> traits) {

    Source {
      join = join == null ? List.of() : List.copyOf(join);
      where = where == null ? List.of() : List.copyOf(where);
      properties = properties == null ? Map.of() : Map.copyOf(properties);
      traits = traits == null ? Map.of() : Map.copyOf(traits);
      require(name != null && !name.isBlank(), "name", "must be given");
      require(match != null, "match", "must be given");
      require(user != null, "user", "must be given");
      require(time != null, "time", "must be given");
      require(event != null || !traits.isEmpty(), "event", "or traits must be given");
      require(event != null || properties.isEmpty(), "properties", "need an event");
    }

    Format formatOr(Format otherwise) {
      return format == null ? otherwise : format;
    }
  }

  /**
   * When something happened.
   *
   * @param from the text
   * @param pattern of {@link java.time.format.DateTimeFormatter}, or {@code iso}, {@code
   *     epoch-millis}, {@code epoch-seconds}
   * @param century first year of the hundred that two-digit years lie in, for example 1900
   * @param at time of day when the text has none, for example {@code 12:00}
   */
  record Time(Template from, String pattern, Integer century, LocalTime at, @Nullable ZoneId zone) {

    Time {
      pattern = pattern == null ? "iso" : pattern;
      century = century == null ? 2000 : century;
      at = at == null ? LocalTime.NOON : at;
      require(from != null, "from", "must be given");
    }
  }

  /** The types of values. */
  enum Type {
    /** A text. */
    STRING,
    /** An exact number. */
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN
  }

  /**
   * A value; an empty text means there is none.
   *
   * @param from the text
   * @param type what the text is read as
   * @param values translations; a text that is not listed is an error unless {@code otherwise} is
   *     given
   * @param otherwise for texts that are not listed
   */
  record Field(Template from, Type type, Map<String, String> values, @Nullable String otherwise) {

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    Field {
      type = type == null ? Type.STRING : type;
      values = values == null ? Map.of() : Map.copyOf(values);
      require(from != null, "from", "must be given");
    }

    /** The short form: only a template. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Field of(String from) {
      return new Field(Template.of(from), Type.STRING, Map.of(), null);
    }
  }

  private static void require(boolean good, String field, String description) {
    if (!good) {
      throw Failure.invalid(field, description);
    }
  }

  /** Names of the lookups that a source uses but nobody defines. */
  List<String> undefinedLookups() {
    List<String> undefined = new ArrayList<>();
    for (Source source : files) {
      for (Join join : source.join()) {
        if (!lookups.containsKey(join.lookup())) {
          undefined.add(join.lookup());
        }
      }
    }
    return undefined;
  }
}
