package io.tenure.platform.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One session of the engine. It runs one statement at a time, so one thread uses it at a time. */
final class EngineConnection implements AutoCloseable {

  private final EngineLibrary library;
  private final MemorySegment handle;

  EngineConnection(EngineLibrary library, MemorySegment handle) {
    this.library = library;
    this.handle = handle;
  }

  /** Runs a statement and returns its whole output at once. */
  EngineResult query(String text, String format, Map<String, String> parameters) {
    return EngineResult.of(library, start(library.query, text, format, parameters));
  }

  /** Runs a statement whose answer is small, for its effect or its text. */
  String ask(String text) {
    try (EngineResult result = query(text, "TabSeparated", Map.of())) {
      return result.text().strip();
    }
  }

  /** Starts a statement whose output is fetched piece by piece. */
  SelectStream select(String text, String format, Map<String, String> parameters) {
    return new SelectStream(
        library,
        session(),
        EngineResult.of(library, start(library.streamQuery, text, format, parameters)));
  }

  /**
   * Starts an insert, whose text has neither FORMAT nor data, and whose data is then pushed piece
   * by piece.
   */
  InsertStream insert(String text, String format, Map<String, String> parameters) {
    return InsertStream.of(library, start(library.insert, text, format, parameters));
  }

  @Override
  public void close() {
    library.close(handle);
  }

  private MemorySegment start(
      NativeFunction function, String text, String format, Map<String, String> parameters) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment statement = bytes(arena, text);
      MemorySegment outputFormat = bytes(arena, format);
      List<Map.Entry<String, String>> entries = List.copyOf(parameters.entrySet());
      int count = entries.size();
      MemorySegment names = arena.allocate(ADDRESS, count + 1L);
      MemorySegment nameLengths = arena.allocate(JAVA_LONG, count + 1L);
      MemorySegment values = arena.allocate(ADDRESS, count + 1L);
      MemorySegment valueLengths = arena.allocate(JAVA_LONG, count + 1L);
      for (int i = 0; i < count; i++) {
        MemorySegment name = bytes(arena, entries.get(i).getKey());
        MemorySegment value = bytes(arena, entries.get(i).getValue());
        names.setAtIndex(ADDRESS, i, name);
        nameLengths.setAtIndex(JAVA_LONG, i, name.byteSize());
        values.setAtIndex(ADDRESS, i, value);
        valueLengths.setAtIndex(JAVA_LONG, i, value.byteSize());
      }
      return function.pointer(
          session(),
          statement,
          statement.byteSize(),
          outputFormat,
          outputFormat.byteSize(),
          names,
          nameLengths,
          values,
          valueLengths,
          (long) count);
    }
  }

  /** The engine hands out a pointer to the session pointer. */
  private MemorySegment session() {
    return handle.get(ADDRESS, 0);
  }

  private static MemorySegment bytes(Arena arena, String text) {
    return arena.allocateFrom(JAVA_BYTE, text.getBytes(StandardCharsets.UTF_8));
  }
}
