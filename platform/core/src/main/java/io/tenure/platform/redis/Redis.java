package io.tenure.platform.redis;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.BooleanOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.ObjectOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandType;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The hot store's client: one multiplexed connection, a time limit on every command, a circuit
 * breaker, and failures as {@link Failure}.
 */
public final class Redis implements AutoCloseable {

  private static final int ATTEMPTS = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private final RedisClient client;
  private final ObservationRegistry observations;
  private final CircuitBreaker breaker;
  private final Map<String, String> digests = new ConcurrentHashMap<>();
  private volatile @Nullable StatefulRedisConnection<String, String> connection;

  /** A client for the configured server; connects on first use. */
  public Redis(RedisProperties properties, ObservationRegistry observations) {
    RedisURI uri = RedisURI.create(properties.url());
    uri.setTimeout(properties.timeout());
    this.client = RedisClient.create(uri);
    this.client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            // Whoever waits for an answer limits the time; a timer for each command costs more than
            // it.
            .timeoutOptions(TimeoutOptions.create())
            .socketOptions(SocketOptions.builder().connectTimeout(Duration.ofSeconds(2)).build())
            .build());
    this.observations = observations;
    this.breaker =
        CircuitBreaker.of(
            "redis",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .waitDurationInOpenState(Duration.ofSeconds(1))
                .ignoreExceptions(RedisCommandExecutionException.class)
                .build());
  }

  /** Runs commands. The name is for metrics and traces, for example {@code "profile read"}. */
  public <T extends @Nullable Object> T call(
      String name, Function<RedisCommands<String, String>, T> commands) {
    Observation observation =
        Observation.createNotStarted("redis", observations)
            .contextualName("redis " + name)
            .lowCardinalityKeyValue("operation", name);
    try {
      return observation.observe(() -> breaker.executeSupplier(() -> attempt(commands)));
    } catch (CallNotPermittedException | RedisException exception) {
      throw translate(exception);
    }
  }

  /** Runs a script by its digest; the text is sent only when the server does not know it. */
  public <T extends @Nullable Object> T script(
      RedisScript script, ScriptOutputType output, List<String> keys, String... arguments) {
    return call(
        script.name(),
        commands -> {
          String digest =
              digests.computeIfAbsent(script.name(), name -> commands.digest(script.text()));
          try {
            return commands.dispatch(
                CommandType.EVALSHA, answer(output), arguments(digest, keys, arguments));
          } catch (RedisNoScriptException unknown) {
            return commands.eval(script.text(), output, keys.toArray(String[]::new), arguments);
          }
        });
  }

  private static BulkArguments arguments(String digest, List<String> keys, String... arguments) {
    BulkArguments all = new BulkArguments().text(digest).text(Integer.toString(keys.size()));
    keys.forEach(all::text);
    for (String argument : arguments) {
      all.text(argument);
    }
    return all;
  }

  /** As the client makes it for the same type; the caller names what it is by its own type. */
  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> CommandOutput<String, String, T> answer(
      ScriptOutputType type) {
    CommandOutput<String, String, ?> output =
        switch (type) {
          case BOOLEAN -> new BooleanOutput<>(StringCodec.UTF8);
          case INTEGER -> new IntegerOutput<>(StringCodec.UTF8);
          case STATUS -> new StatusOutput<>(StringCodec.UTF8);
          case MULTI -> new NestedMultiOutput<>(StringCodec.UTF8);
          case VALUE -> new ValueOutput<>(StringCodec.UTF8);
          case OBJECT -> new ObjectOutput<>(StringCodec.UTF8);
        };
    return (CommandOutput<String, String, T>) output;
  }

  /** Whether the server answers; never throws. */
  public boolean answers() {
    try {
      return "PONG".equals(connected().ping());
    } catch (RedisException exception) {
      return false;
    }
  }

  /**
   * Tries again what was never sent, while the connection comes back; anything else may have had
   * its effect.
   */
  private <T extends @Nullable Object> T attempt(
      Function<RedisCommands<String, String>, T> commands) {
    for (int attempt = 1; ; attempt++) {
      try {
        return commands.apply(connected());
      } catch (RedisException exception) {
        if (attempt == ATTEMPTS || !wasNeverSent(exception)) {
          throw exception;
        }
        LockSupport.parkNanos(FIRST_PAUSE.toNanos() << (attempt - 1));
      }
    }
  }

  /** The client has no type for a command it rejected while disconnected, only this text. */
  private static boolean wasNeverSent(RedisException exception) {
    String message = exception.getMessage();
    return exception instanceof RedisConnectionException
        || (message != null && message.startsWith("Currently not connected"));
  }

  private RedisCommands<String, String> connected() {
    StatefulRedisConnection<String, String> open = connection;
    if (open == null) {
      synchronized (this) {
        open = connection;
        if (open == null) {
          open = client.connect();
          connection = open;
        }
      }
    }
    return open.sync();
  }

  private static Failure translate(RuntimeException exception) {
    if (exception instanceof RedisCommandExecutionException) {
      return Failure.of(Reason.INTERNAL, "The hot store refused a command", exception);
    }
    return Failure.unavailable("The hot store does not answer", Duration.ofSeconds(1), exception);
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
