package io.tenure.gateway.client;

import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.tenure.gateway.domain.FlagChanges;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.experiment.v1.FlagServiceGrpc;
import io.tenure.proto.experiment.v1.StreamFlagsRequest;
import io.tenure.proto.experiment.v1.StreamFlagsResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Hears changes from the experiment service by one stream for each project somebody listens to,
 * however many listeners there are.
 */
public final class GrpcFlagChanges implements FlagChanges, AutoCloseable {

  /** A little longer than the service keeps a stream open. */
  private static final Duration DEADLINE = Duration.ofMinutes(11);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final FlagServiceGrpc.FlagServiceBlockingStub flags;
  private final Map<ProjectId, Watch> watches = new ConcurrentHashMap<>();

  /** Changes told by the service behind a channel. */
  public GrpcFlagChanges(Channel experiments) {
    this.flags = FlagServiceGrpc.newBlockingStub(experiments);
  }

  @Override
  public Subscription subscribe(ProjectId project, String since, Consumer<String> listener) {
    Watch joined =
        watches.compute(
            project,
            (_, known) -> {
              Watch watch = known == null ? new Watch(project) : known;
              watch.listeners.put(listener, since);
              return watch;
            });
    joined.tell(listener);
    return () -> leave(project, listener);
  }

  private void leave(ProjectId project, Consumer<String> listener) {
    watches.computeIfPresent(
        project,
        (_, watch) -> {
          watch.listeners.remove(listener);
          if (!watch.listeners.isEmpty()) {
            return watch;
          }
          watch.end();
          return null;
        });
  }

  @Override
  public void close() {
    watches.values().forEach(Watch::end);
    watches.clear();
  }

  private final class Watch {

    private final ProjectId project;

    /** The version each listener has; empty when that is where the stream begins. */
    private final Map<Consumer<String>, String> listeners = new ConcurrentHashMap<>();

    private final Context.CancellableContext call = Context.ROOT.withCancellation();
    private volatile String version = "";

    Watch(ProjectId project) {
      this.project = project;
      Thread.ofVirtual().name("flag-changes-" + project).start(call.wrap(this::listen));
    }

    void end() {
      call.cancel(null);
    }

    private void listen() {
      while (!call.isCancelled()) {
        try {
          Caller self = Caller.service(project, "gateway");
          CallerContext.as(self, this::hear);
        } catch (StatusRuntimeException | Failure away) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }

    private boolean hear() {
      Iterator<StreamFlagsResponse> changes =
          flags
              .withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS)
              .streamFlags(
                  StreamFlagsRequest.newBuilder()
                      .setVersion(version)
                      .setVersionsOnly(true)
                      .build());
      while (changes.hasNext()) {
        version = changes.next().getVersion();
        listeners.keySet().forEach(this::tell);
      }
      return true;
    }

    /** Tells a listener the version, if it has another one. */
    synchronized void tell(Consumer<String> listener) {
      String now = version;
      String had = listeners.get(listener);
      // A listener that left in between must not come back.
      if (had == null || now.isEmpty() || !listeners.replace(listener, had, now)) {
        return;
      }
      if (!had.isEmpty() && !had.equals(now)) {
        listener.accept(now);
      }
    }
  }
}
