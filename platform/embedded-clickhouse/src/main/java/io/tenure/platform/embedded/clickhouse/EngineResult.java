package io.tenure.platform.embedded.clickhouse;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * What the engine answered: a piece of output in native memory and the counts so far. Valid until
 * closed.
 */
final class EngineResult implements AutoCloseable {

  private static final int COPY_SIZE = 256 * 1024;

  private final EngineLibrary library;
  private final MemorySegment handle;

  private EngineResult(EngineLibrary library, MemorySegment handle) {
    this.library = library;
    this.handle = handle;
  }

  /**
   * Takes over a result of the engine; throws {@link EngineException} and frees it when it says the
   * statement failed.
   */
  static EngineResult of(EngineLibrary library, MemorySegment handle) {
    if (handle.address() == 0) {
      throw new EngineException(ErrorCode.UNKNOWN_EXCEPTION, "The engine gave no result");
    }
    EngineResult result = new EngineResult(library, handle);
    MemorySegment error = library.resultError.pointer(handle);
    if (error.address() != 0) {
      String text = text(error);
      result.close();
      throw new EngineException(text);
    }
    return result;
  }

  static String text(MemorySegment nullTerminated) {
    return nullTerminated.reinterpret(Long.MAX_VALUE).getString(0);
  }

  MemorySegment handle() {
    return handle;
  }

  long length() {
    return library.resultLength.size(handle);
  }

  void writeTo(OutputStream out) throws IOException {
    long length = length();
    if (length == 0) {
      return;
    }
    MemorySegment bytes = library.resultBuffer.pointer(handle).reinterpret(length);
    byte[] copy = new byte[(int) Math.min(length, COPY_SIZE)];
    for (long position = 0; position < length; position += copy.length) {
      int count = (int) Math.min(copy.length, length - position);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, position, copy, 0, count);
      out.write(copy, 0, count);
    }
  }

  String text() {
    long length = length();
    if (length == 0) {
      return "";
    }
    byte[] bytes =
        library.resultBuffer.pointer(handle).reinterpret(length).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Progress progress() {
    return new Progress(
        library.resultRowsRead.size(handle),
        library.resultBytesRead.size(handle),
        library.resultRowsWritten.size(handle),
        library.resultBytesWritten.size(handle));
  }

  @Override
  public void close() {
    library.resultDestroy.run(handle);
  }
}
