package io.tenure.platform.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientConfigProperties;
import com.clickhouse.client.api.ClientException;
import com.clickhouse.client.api.ClientFaultCause;
import com.clickhouse.client.api.ConnectionInitiationException;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.command.CommandSettings;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.client.api.query.Records;
import com.clickhouse.data.ClickHouseFormat;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.json.Json;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The event store's client. Every statement has a time limit on both sides, is observed (one span,
 * one timer), passes a circuit breaker, and fails as a {@link Failure}. Values always travel as
 * parameters ({@code {name:Type}}), never inside the text: strings, numbers, and collections of
 * them for arrays, all as they are.
 */
public final class ClickHouse implements AutoCloseable {

  private static final int READ_ATTEMPTS = 3;
  private static final Duration PING_TIME = Duration.ofSeconds(2);
  private static final int TIMEOUT_EXCEEDED = 159;
  private static final int TOO_MANY_ROWS = 158;
  private static final int TOO_MANY_QUERIES = 202;
  private static final int MEMORY_LIMIT_EXCEEDED = 241;
  private static final int QUERY_WAS_CANCELLED = 394;
  private static final int THROWN_BY_THE_QUERY = 395;

  private final Client client;
  private final TableLayout layout;
  private final ObservationRegistry observations;
  private final Duration timeout;
  private final String database;
  private final CircuitBreaker breaker;

  /** A client for the configured server; connects on first use. */
  public ClickHouse(ClickHouseProperties properties, ObservationRegistry observations) {
    this.layout = TableLayout.of(properties.cluster());
    Client.Builder builder =
        new Client.Builder()
            .addEndpoint(properties.url())
            .setUsername(properties.username())
            .setPassword(properties.password())
            .setDefaultDatabase(properties.database())
            .setMaxConnections(properties.maxConnections())
            .setConnectTimeout(2, ChronoUnit.SECONDS)
            .setConnectionRequestTimeout(10, ChronoUnit.SECONDS)
            .setSocketTimeout(properties.queryTimeout().toMillis() + 5_000)
            .retryOnFailures(ClientFaultCause.NoHttpResponse)
            .serverSetting("async_insert", "0")
            .serverSetting("output_format_parallel_formatting", "0")
            .serverSetting(
                "max_execution_time", Long.toString(properties.queryTimeout().toSeconds()))
            .serverSetting("date_time_input_format", "best_effort");
    layout.settings().forEach(builder::serverSetting);
    this.client = builder.build();
    this.observations = observations;
    this.timeout = properties.queryTimeout();
    this.database = properties.database();
    this.breaker =
        CircuitBreaker.of(
            "clickhouse",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .waitDurationInOpenState(Duration.ofSeconds(3))
                .recordException(ClickHouse::isOutage)
                .build());
  }

  /**
   * Runs a query and maps every row; the whole result is held in memory, so bound it in the SQL.
   */
  public <T> List<T> query(
      String sql, Map<String, ?> parameters, Function<GenericRecord, T> mapper) {
    List<T> rows = new ArrayList<>();
    scan(sql, parameters, row -> rows.add(mapper.apply(row)));
    return rows;
  }

  /**
   * Runs a query and hands over row after row without keeping them. Tells how much the server read.
   */
  public Reading scan(String sql, Map<String, ?> parameters, RowConsumer consumer) {
    return scan(sql, parameters, QueryOptions.NONE, consumer);
  }

  /** Like {@link #scan(String, Map, RowConsumer)}, under a name and with limits of its own. */
  public Reading scan(
      String sql, Map<String, ?> parameters, QueryOptions options, RowConsumer consumer) {
    return observed(
        "query",
        () -> {
          try (Records records = open(sql, parameters, options)) {
            for (GenericRecord row : records) {
              consumer.accept(row);
            }
            return new Reading(records.getReadRows(), records.getResultRows());
          }
        });
  }

  /**
   * Like {@link #scan}, in binary form, for statements whose rows hold long arrays of numbers. The
   * first column must be {@code toUInt8(1)}, which {@link RowInput} takes as the mark of a row.
   */
  public Reading read(
      String sql, Map<String, ?> parameters, QueryOptions options, RowReader reader) {
    return observed(
        "query",
        () -> {
          try (QueryResponse response = openBinary(sql, parameters, options)) {
            RowInput input = new RowInput(response.getInputStream());
            long rows = 0;
            while (input.nextRow()) {
              reader.read(input);
              rows++;
            }
            return new Reading(response.getReadRows(), rows);
          }
        });
  }

  /** Takes one row, all its columns in their order. */
  @FunctionalInterface
  public interface RowReader {
    /** Takes one row. */
    void read(RowInput row);
  }

  /**
   * Runs a query and returns its result as a file, whole in memory, so bound it in the SQL.
   *
   * @param format a format of the store, for example {@code Parquet}
   */
  public byte[] file(String sql, Map<String, ?> parameters, String format) {
    return observed(
        "query",
        () -> {
          QuerySettings settings = new QuerySettings().setFormat(ClickHouseFormat.valueOf(format));
          try (QueryResponse response =
              client
                  .query(sql, ParameterText.encode(parameters), settings)
                  .get(timeout.toSeconds() + 5, TimeUnit.SECONDS)) {
            return response.getInputStream().readAllBytes();
          }
        });
  }

  /** What a query cost: rows the server read, rows it answered. */
  public record Reading(long rowsRead, long rows) {}

  /** Takes one row; the row is valid only during the call. */
  @FunctionalInterface
  public interface RowConsumer {
    /** Takes one row. */
    void accept(GenericRecord row);
  }

  /** Runs a statement that returns nothing, on all servers when tables lie on several. */
  public void execute(String sql, Map<String, ?> parameters) {
    for (String statement : layout.statements(sql)) {
      execute(statement, parameters, new CommandSettings());
    }
  }

  private void execute(String sql, Map<String, ?> parameters, CommandSettings settings) {
    observed(
        "execute",
        () -> {
          client
              .execute(sql, ParameterText.encode(parameters), settings)
              .get(timeout.toSeconds() + 5, TimeUnit.SECONDS)
              .close();
          return true;
        });
  }

  /** Where the tables lie. */
  public TableLayout layout() {
    return layout;
  }

  /**
   * Inserts rows as one block, durable in the store when the call returns.
   *
   * @param token makes a repeated insert of the same rows harmless; the same token with other rows
   *     loses them, so it must name its content. Null for no protection.
   */
  public void insert(
      String table, Collection<? extends Map<String, ?>> rows, @Nullable String token) {
    if (rows.isEmpty()) {
      return;
    }
    insert(
        settings ->
            client.insert(
                table,
                out -> {
                  for (Map<String, ?> row : rows) {
                    out.write(Json.MAPPER.writeValueAsBytes(row));
                    out.write('\n');
                  }
                  out.close();
                },
                ClickHouseFormat.JSONEachRow,
                settings),
        token);
  }

  /**
   * Inserts rows as one block, like {@link #insert(String, Collection, String)}, in binary form:
   * for the tables that receive every event.
   *
   * @param columns those of the table that are written; the others get their defaults
   */
  public <R> void insert(
      String table, List<Column<R>> columns, Collection<R> rows, @Nullable String token) {
    if (rows.isEmpty()) {
      return;
    }
    insert(
        settings ->
            client.insert(
                table,
                columns.stream().map(Column::name).toList(),
                out -> {
                  RowOutput binary = new RowOutput(out);
                  for (R row : rows) {
                    for (Column<R> column : columns) {
                      column.value().write(row, binary);
                    }
                    binary.endRow();
                  }
                  binary.flush();
                  out.close();
                },
                ClickHouseFormat.RowBinary,
                settings),
        token);
  }

  private void insert(
      Function<InsertSettings, CompletableFuture<InsertResponse>> send, @Nullable String token) {
    InsertSettings settings = new InsertSettings().serverSetting("async_insert", "0");
    settings.serverSetting("max_insert_block_size", "1048576");
    settings.serverSetting("input_format_parallel_parsing", "0");
    if (token != null) {
      settings.setDeduplicationToken(token);
      settings.serverSetting("insert_deduplicate", "1");
      // A repetition also completes a materialized view that the first attempt did not reach.
      settings.serverSetting("deduplicate_blocks_in_dependent_materialized_views", "1");
    }
    observed(
        "insert",
        () -> {
          send.apply(settings).get(timeout.toSeconds() + 5, TimeUnit.SECONDS).close();
          return true;
        });
  }

  /** Makes the configured database if the server has none of that name. */
  void createDatabase() {
    CommandSettings outside = new CommandSettings();
    outside.setDatabase("default");
    for (String statement : layout.statements("CREATE DATABASE IF NOT EXISTS {name:Identifier}")) {
      execute(statement, Map.of("name", database), outside);
    }
  }

  /** Whether the server answers, even before the database is made; never throws. */
  public boolean answers() {
    try {
      client
          .query("SELECT 1", new QuerySettings().setDatabase("default"))
          .get(PING_TIME.toMillis(), TimeUnit.MILLISECONDS)
          .close();
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception unanswered) {
      return false;
    }
  }

  private Records open(String sql, Map<String, ?> parameters, QueryOptions options)
      throws Exception {
    return retried(
        () -> client.queryRecords(sql, ParameterText.encode(parameters), options.settings()));
  }

  /**
   * The answer waits for the end of the query, since only then the rows that were read are known.
   * It is not compressed: numbers that are packed already get little shorter.
   */
  private QueryResponse openBinary(String sql, Map<String, ?> parameters, QueryOptions options)
      throws Exception {
    return retried(
        () ->
            client.query(
                sql,
                ParameterText.encode(parameters),
                options
                    .settings()
                    .waitEndOfQuery(true)
                    .setFormat(ClickHouseFormat.RowBinary)
                    .setOption(ClientConfigProperties.COMPRESS_SERVER_RESPONSE.getKey(), false)));
  }

  private <T> T retried(Callable<CompletableFuture<T>> request) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.call().get(timeout.toSeconds() + 5, TimeUnit.SECONDS);
      } catch (ExecutionException | ClientException exception) {
        if (attempt == READ_ATTEMPTS || !isOutage(exception)) {
          throw exception;
        }
        Thread.sleep(Duration.ofMillis(100L * attempt));
      }
    }
  }

  private <T> T observed(String operation, Callable<T> action) {
    Observation observation =
        Observation.createNotStarted("clickhouse", observations)
            .contextualName("clickhouse " + operation)
            .lowCardinalityKeyValue("operation", operation);
    try {
      return observation.observeChecked(() -> breaker.executeCallable(action));
    } catch (Failure failure) {
      throw failure;
    } catch (CallNotPermittedException open) {
      throw Failure.unavailable("The event store does not answer", Duration.ofSeconds(3), open);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(Reason.ABORTED, "The query was interrupted", interrupted);
    } catch (TimeoutException late) {
      throw Failure.of(Reason.DEADLINE_EXCEEDED, "The query took too long", late);
    } catch (Exception exception) {
      throw translate(exception);
    }
  }

  private static Failure translate(Exception exception) {
    if (find(exception, Failure.class) instanceof Failure failure) {
      return failure;
    }
    if (find(exception, ServerException.class) instanceof ServerException server) {
      return switch (server.getCode()) {
        case TIMEOUT_EXCEEDED ->
            Failure.of(Reason.DEADLINE_EXCEEDED, "The query took too long", exception);
        case MEMORY_LIMIT_EXCEEDED ->
            Failure.of(Reason.RESOURCE_EXHAUSTED, "The query needs too much memory", exception);
        case TOO_MANY_ROWS ->
            Failure.of(Reason.RESOURCE_EXHAUSTED, "The query reads too many rows", exception);
        case QUERY_WAS_CANCELLED ->
            Failure.of(Reason.CANCELLED, "The query was cancelled", exception);
        case THROWN_BY_THE_QUERY ->
            Failure.of(
                Reason.FAILED_PRECONDITION,
                "A value to be compared is sealed; the tracking plan can keep a trait plain",
                exception);
        case TOO_MANY_QUERIES ->
            Failure.unavailable("The event store is busy", Duration.ofSeconds(1), exception);
        default -> Failure.of(Reason.INTERNAL, "The event store refused a statement", exception);
      };
    }
    if (isOutage(exception)) {
      return Failure.unavailable(
          "The event store does not answer", Duration.ofSeconds(3), exception);
    }
    return Failure.of(Reason.INTERNAL, "The event store failed", exception);
  }

  private static boolean isOutage(Throwable exception) {
    return find(exception, ConnectionInitiationException.class) != null
        || find(exception, java.io.IOException.class) != null;
  }

  private static <E extends Throwable> @Nullable E find(Throwable exception, Class<E> type) {
    for (@Nullable Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  @Override
  public void close() {
    client.close();
  }
}
