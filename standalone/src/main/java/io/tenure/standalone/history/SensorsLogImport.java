package io.tenure.standalone.history;

import io.tenure.platform.json.Json;
import io.tenure.standalone.history.LogLines.Line;
import io.tenure.standalone.ingest.IngestDoor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Imports the files a Sensors server SDK wrote instead of sending: one record as JSON on each line.
 * The records go through the public door in their order, bytes unchanged, so what an SDK would have
 * sent is stored, and importing a file again changes nothing. A line that is no record is sent
 * alone, which puts it into quarantine.
 */
public final class SensorsLogImport {

  private static final int BATCH_LINES = 500;
  private static final int BATCH_BYTES = 1 << 20;

  /** The collector keeps no larger record, not even in quarantine. */
  private static final int LONGEST_LINE = 1 << 20;

  private static final int MOST_LISTED = 100;

  private final IngestDoor door;
  private final Consumer<Tally> listener;

  /**
   * An import.
   *
   * @param listener is told now and then how far it has got
   */
  public SensorsLogImport(IngestDoor door, Consumer<Tally> listener) {
    this.door = door;
    this.listener = listener;
  }

  /**
   * What was done with a file. Blank lines don't count.
   *
   * @param lines lines read
   * @param acknowledged lines that are on disk, good or in quarantine for what they say
   * @param bad lines that are no record of JSON, or too long
   * @param listed the first of the bad ones, in words
   */
  public record Tally(String file, long lines, long acknowledged, long bad, List<String> listed) {}

  /**
   * Imports one file.
   *
   * @throws io.tenure.platform.failure.Failure INVALID_ARGUMENT when it can't be read or the
   *     gateway refuses the key, UNAVAILABLE when the gateway does not answer for minutes
   */
  public Tally run(Path file) {
    Counts counts = new Counts(file.getFileName().toString());
    List<Line> batch = new ArrayList<>();
    long bytes = 0;
    try (LogLines lines = LogLines.open(file, LONGEST_LINE)) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        if (isBlank(line)) {
          continue;
        }
        counts.lines++;
        @Nullable String fault = fault(line);
        if (fault != null) {
          // Before it, so that the order of the file is the order of the log.
          send(batch, counts);
          batch.clear();
          bytes = 0;
          bad(line, fault, counts);
          continue;
        }
        batch.add(line);
        bytes += line.bytes().length;
        if (batch.size() == BATCH_LINES || bytes >= BATCH_BYTES) {
          send(batch, counts);
          batch.clear();
          bytes = 0;
          listener.accept(counts.tally());
        }
      }
      send(batch, counts);
    }
    return counts.tally();
  }

  /** A body the door can't read is halved until the line is found that spoils it. */
  private void send(List<Line> lines, Counts counts) {
    if (lines.isEmpty()) {
      return;
    }
    if (door.sendSensorsJson(array(lines))) {
      counts.acknowledged += lines.size();
    } else if (lines.size() == 1) {
      counts.bad(lines.getFirst(), "the collector can't read it");
    } else {
      send(lines.subList(0, lines.size() / 2), counts);
      send(lines.subList(lines.size() / 2, lines.size()), counts);
    }
  }

  private void bad(Line line, String fault, Counts counts) {
    if (line.whole()) {
      door.sendSensorsJson(line.bytes());
    }
    counts.bad(line, fault);
  }

  private static byte[] array(List<Line> lines) {
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    int separator = '[';
    for (Line line : lines) {
      array.write(separator);
      array.writeBytes(line.bytes());
      separator = ',';
    }
    array.write(']');
    return array.toByteArray();
  }

  private static boolean isBlank(Line line) {
    for (byte one : line.bytes()) {
      if (one != ' ' && one != '\r' && one != '\t') {
        return false;
      }
    }
    return line.whole();
  }

  /** Why a line would spoil the others of its body; null when it does not. */
  private static @Nullable String fault(Line line) {
    if (!line.whole()) {
      return "it has more than " + LONGEST_LINE + " bytes and is not sent";
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.bytes()));
    } catch (CharacterCodingException notUtf8) {
      return "it is not in UTF-8";
    }
    try (JsonParser parser = Json.MAPPER.createParser(line.bytes())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "it is not a JSON object";
      }
      parser.skipChildren();
      return parser.nextToken() == null ? null : "it goes on after its JSON object";
    } catch (JacksonException notJson) {
      return "it is not valid JSON";
    }
  }

  private static final class Counts {

    private final String file;
    private final List<String> listed = new ArrayList<>();
    private long lines;
    private long acknowledged;
    private long bad;

    Counts(String file) {
      this.file = file;
    }

    void bad(Line line, String fault) {
      bad++;
      if (listed.size() < MOST_LISTED) {
        listed.add("line " + line.number() + ": " + fault);
      }
    }

    Tally tally() {
      return new Tally(file, lines, acknowledged, bad, List.copyOf(listed));
    }
  }
}
