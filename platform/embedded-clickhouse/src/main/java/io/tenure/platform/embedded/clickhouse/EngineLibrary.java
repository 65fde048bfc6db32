package io.tenure.platform.embedded.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The C functions of {@code libchdb}, and the one fact that is global to a process: the engine is
 * either usable or stopped for good.
 *
 * <p>The engine must be stopped before the process ends, or its threads may crash the exiting JVM;
 * once stopped it cannot be started again. So it is stopped exactly once, while the JVM shuts down,
 * after the last connection has been closed.
 */
final class EngineLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(EngineLibrary.class);
  private static final Duration LAST_CONNECTION_WAIT = Duration.ofSeconds(20);
  private static final ReentrantLock LOADING = new ReentrantLock();
  private static @Nullable EngineLibrary loaded;

  private final SymbolLookup symbols;

  final NativeFunction query;
  final NativeFunction streamQuery;
  final NativeFunction streamFetch;
  final NativeFunction streamCancel;
  final NativeFunction insert;
  final NativeFunction insertAppend;
  final NativeFunction insertDone;
  final NativeFunction insertError;
  final NativeFunction insertDestroy;
  final NativeFunction resultBuffer;
  final NativeFunction resultLength;
  final NativeFunction resultError;
  final NativeFunction resultRowsRead;
  final NativeFunction resultBytesRead;
  final NativeFunction resultRowsWritten;
  final NativeFunction resultBytesWritten;
  final NativeFunction resultDestroy;
  private final NativeFunction connect;
  private final NativeFunction closeConnection;
  private final NativeFunction shutdown;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition connectionClosed = lock.newCondition();
  private int openConnections;

  private EngineLibrary(Path library) {
    symbols = SymbolLookup.libraryLookup(library, Arena.global());
    // The JVM owns SIGSEGV and its friends: the engine must not replace their handlers.
    procedure("chdb_set_signal_handlers_enabled", JAVA_INT).run(0);

    query = statement("chdb_query_with_params_n");
    streamQuery = statement("chdb_stream_query_with_params_n");
    streamFetch = function("chdb_stream_fetch_result", ADDRESS, ADDRESS, ADDRESS);
    streamCancel = procedure("chdb_stream_cancel_query", ADDRESS, ADDRESS);
    insert = statement("chdb_stream_insert_with_params_n");
    insertAppend = function("chdb_stream_append", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    insertDone = function("chdb_stream_done", ADDRESS, ADDRESS);
    insertError = function("chdb_stream_insert_error", ADDRESS, ADDRESS);
    insertDestroy = procedure("chdb_destroy_insert_stream", ADDRESS);
    resultBuffer = function("chdb_result_buffer", ADDRESS, ADDRESS);
    resultLength = function("chdb_result_length", JAVA_LONG, ADDRESS);
    resultError = function("chdb_result_error", ADDRESS, ADDRESS);
    resultRowsRead = function("chdb_result_storage_rows_read", JAVA_LONG, ADDRESS);
    resultBytesRead = function("chdb_result_storage_bytes_read", JAVA_LONG, ADDRESS);
    resultRowsWritten = function("chdb_result_rows_written", JAVA_LONG, ADDRESS);
    resultBytesWritten = function("chdb_result_bytes_written", JAVA_LONG, ADDRESS);
    resultDestroy = procedure("chdb_destroy_query_result", ADDRESS);
    connect = function("chdb_connect", ADDRESS, JAVA_INT, ADDRESS);
    closeConnection = procedure("chdb_close_conn", ADDRESS);
    shutdown = function("chdb_shutdown", JAVA_INT);
  }

  /** Loads the library, once for this process. */
  static EngineLibrary load(Path library) {
    LOADING.lock();
    try {
      if (loaded == null) {
        EngineLibrary engine = new EngineLibrary(library);
        Runtime.getRuntime()
            .addShutdownHook(
                Thread.ofPlatform().name("clickhouse-engine-stop").unstarted(engine::stop));
        loaded = engine;
      }
      return loaded;
    } finally {
      LOADING.unlock();
    }
  }

  /** Opens one more connection with the given engine arguments, such as {@code --path=/data}. */
  EngineConnection open(List<String> arguments) {
    lock.lock();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argv = arena.allocate(ADDRESS, arguments.size() + 1L);
      argv.setAtIndex(ADDRESS, 0, arena.allocateFrom("clickhouse"));
      for (int i = 0; i < arguments.size(); i++) {
        argv.setAtIndex(ADDRESS, i + 1L, arena.allocateFrom(arguments.get(i)));
      }
      MemorySegment handle = connect.pointer(arguments.size() + 1, argv);
      if (handle.address() == 0) {
        throw new IllegalStateException(
            "the ClickHouse engine did not open with "
                + arguments
                + ": one process at a time may use the directory, and it must be writable");
      }
      openConnections++;
      return new EngineConnection(this, handle.reinterpret(ADDRESS.byteSize()));
    } finally {
      lock.unlock();
    }
  }

  void close(MemorySegment connection) {
    lock.lock();
    try {
      closeConnection.run(connection);
      openConnections--;
      connectionClosed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    lock.lock();
    try {
      long nanos = LAST_CONNECTION_WAIT.toNanos();
      while (openConnections > 0 && nanos > 0) {
        nanos = connectionClosed.awaitNanos(nanos);
      }
      if (openConnections > 0) {
        LOG.warn(
            "{} connections to the ClickHouse engine are still open while the process ends",
            openConnections);
      } else if (!shutdown.succeeds()) {
        // Its merge threads, once started, are not among those it can join; they are idle, and the
        // process's end takes them.
        LOG.debug("The ClickHouse engine left idle threads behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The shape shared by all functions that take a statement: connection, text, format, parameter
   * names and values.
   */
  private NativeFunction statement(String name) {
    return function(
        name, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS,
        ADDRESS, JAVA_LONG);
  }

  private NativeFunction function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.of(result, arguments));
  }

  private NativeFunction procedure(String name, MemoryLayout... arguments) {
    return bind(name, FunctionDescriptor.ofVoid(arguments));
  }

  private NativeFunction bind(String name, FunctionDescriptor shape) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the ClickHouse engine library lacks "
                            + name
                            + ": it is older than this module needs"));
    return new NativeFunction(name, Linker.nativeLinker().downcallHandle(address, shape));
  }
}
