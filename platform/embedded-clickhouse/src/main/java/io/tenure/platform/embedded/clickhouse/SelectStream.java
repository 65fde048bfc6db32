package io.tenure.platform.embedded.clickhouse;

import java.lang.foreign.MemorySegment;

/**
 * A running select. Whoever holds it fetches until {@link #next} gives an empty piece, then closes
 * it.
 */
final class SelectStream implements AutoCloseable {

  private final EngineLibrary library;
  private final MemorySegment session;
  private final EngineResult stream;
  private boolean finished;

  SelectStream(EngineLibrary library, MemorySegment session, EngineResult stream) {
    this.library = library;
    this.session = session;
    this.stream = stream;
  }

  /** The next piece of output; an empty one means the end. */
  EngineResult next() {
    EngineResult piece;
    try {
      piece = EngineResult.of(library, library.streamFetch.pointer(session, stream.handle()));
    } catch (EngineException e) {
      finished = true;
      throw e;
    }
    if (piece.length() == 0) {
      finished = true;
    }
    return piece;
  }

  @Override
  public void close() {
    if (!finished) {
      library.streamCancel.run(session, stream.handle());
    }
    stream.close();
  }
}
