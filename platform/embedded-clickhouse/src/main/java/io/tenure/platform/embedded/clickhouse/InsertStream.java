package io.tenure.platform.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A running insert. Closing it before {@link #finish} abandons what the engine has not stored yet.
 */
final class InsertStream implements AutoCloseable {

  private static final int CHUNK = 256 * 1024;

  private final EngineLibrary library;
  private final MemorySegment handle;

  private InsertStream(EngineLibrary library, MemorySegment handle) {
    this.library = library;
    this.handle = handle;
  }

  static InsertStream of(EngineLibrary library, MemorySegment handle) {
    InsertStream stream = new InsertStream(library, handle);
    try {
      stream.check();
    } catch (EngineException e) {
      stream.close();
      throw e;
    }
    return stream;
  }

  /** Pushes everything the source holds; blocks while the engine is behind. */
  void append(InputStream source) throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(CHUNK);
      for (int count = source.readNBytes(chunk, 0, CHUNK);
          count > 0;
          count = source.readNBytes(chunk, 0, CHUNK)) {
        MemorySegment.copy(chunk, 0, buffer, JAVA_BYTE, 0, count);
        if (!library.insertAppend.succeeds(handle, buffer, (long) count)) {
          check();
          throw new EngineException(ErrorCode.ABORTED, "the engine stopped the insert");
        }
      }
    }
  }

  /** Stores the data and says how much it was. */
  Progress finish() {
    try (EngineResult result = EngineResult.of(library, library.insertDone.pointer(handle))) {
      return result.progress();
    }
  }

  @Override
  public void close() {
    library.insertDestroy.run(handle);
  }

  private void check() {
    MemorySegment error = library.insertError.pointer(handle);
    if (error.address() != 0) {
      throw new EngineException(EngineResult.text(error));
    }
  }
}
