package io.tenure.gateway.api.ofrep;

import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.FlagChanges;
import io.tenure.gateway.domain.Register;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Tells browsers and apps that flags changed, as server-sent events of the OpenFeature remote
 * evaluation protocol (its decision 8): {@code refetchEvaluation}. Where to listen is said in the
 * reply of a bulk evaluation.
 */
public final class FlagEventRoutes {

  private static final String PATH = "/ofrep/v1/events/{watchName}";

  /** The version of the flags the client has. */
  private static final String SINCE = "since";

  /** Then the client connects again, perhaps to another gateway. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final Register register;
  private final FlagChanges changes;
  private final Semaphore places;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Events about these changes.
   *
   * @param most listeners held open at a time
   */
  public FlagEventRoutes(Register register, FlagChanges changes, int most) {
    this.register = register;
    this.changes = changes;
    this.places = new Semaphore(most);
  }

  /** Where changes are told under a name, to whoever has flags of that version. */
  static String path(String watchName, String version) {
    String path = PATH.replace("{watchName}", watchName);
    return version.isEmpty()
        ? path
        : path + "?" + SINCE + "=" + URLEncoder.encode(version, StandardCharsets.UTF_8);
  }

  /** Ends all streams, so that the server need not wait for them; clients connect elsewhere. */
  public void close() {
    closed = true;
    listeners.forEach(Listener::end);
  }

  /** The routes. */
  public RouterFunction<ServerResponse> router() {
    return RouterFunctions.route().GET(PATH, this::events).build();
  }

  private ServerResponse events(ServerRequest request) {
    AccessKey key =
        register
            .watcher(request.pathVariable("watchName"))
            .orElseThrow(() -> Failure.of(Reason.UNAUTHENTICATED, "There is nothing to hear here"));
    if (!places.tryAcquire()) {
      throw Failure.unavailable("Too many listeners; ask for the flags now and then", LIFE);
    }
    String since = since(request);
    return ServerResponse.sse(events -> listen(key, since, events), LIFE);
  }

  /** What a client that connects again heard last is newer than where it began. */
  private static String since(ServerRequest request) {
    @Nullable String heard = request.servletRequest().getHeader("Last-Event-ID");
    return heard == null || heard.isBlank() ? request.param(SINCE).orElse("") : heard;
  }

  private void listen(AccessKey key, String since, ServerResponse.SseBuilder events) {
    Listener listener = new Listener(events);
    listeners.add(listener);
    FlagChanges.Subscription subscription = changes.subscribe(key.project(), since, listener::tell);
    AtomicBoolean left = new AtomicBoolean();
    Runnable leave =
        () -> {
          if (left.compareAndSet(false, true)) {
            listeners.remove(listener);
            subscription.close();
            places.release();
          }
        };
    events.onComplete(leave);
    events.onError(_ -> leave.run());
    events.onTimeout(
        () -> {
          events.complete();
          leave.run();
        });
    listener.greet();
    if (closed) {
      listener.end();
    }
  }

  private static final class Listener {

    private final ServerResponse.SseBuilder events;

    Listener(ServerResponse.SseBuilder events) {
      this.events = events;
    }

    /** Sends the headers, so that the client knows it is heard. */
    void greet() {
      send(() -> events.comment("listening").send());
    }

    void tell(String version) {
      send(() -> events.id(version).data(Map.of("type", "refetchEvaluation", "etag", version)));
    }

    void end() {
      send(events::complete);
    }

    /** One at a time; a client that left ends by its own callback. */
    private synchronized void send(Sending sending) {
      try {
        sending.send();
      } catch (IOException | IllegalStateException gone) {
        events.error(gone);
      }
    }

    private interface Sending {
      void send() throws IOException;
    }
  }
}
