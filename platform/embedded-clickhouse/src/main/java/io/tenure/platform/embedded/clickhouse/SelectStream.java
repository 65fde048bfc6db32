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
    EngineResult piece =
        EngineResult.of(library, library.streamFetch.pointer(session, stream.handle()));
    finished = piece.length() == 0;
    return piece;
  }

  /**
   * Cancels unless the end was reached: a failed statement too stays in the engine's list of
   * processes until then.
   */
  @Override
  public void close() {
    if (!finished) {
      library.streamCancel.run(session, stream.handle());
    }
    stream.close();
  }
}
