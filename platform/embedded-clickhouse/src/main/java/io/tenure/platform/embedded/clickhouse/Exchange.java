package io.tenure.platform.embedded.clickhouse;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, and the link by which a client's leaving stops the statement that
 * runs for it.
 */
final class Exchange {

  private static final long KILL_INTERVAL_NANOS = 200_000_000;

  private final Channel channel;
  private final HttpRequest request;
  private final RequestBody body;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private boolean left;
  private @Nullable Runnable stop;

  Exchange(Channel channel, HttpRequest request) {
    this.channel = channel;
    this.request = request;
    this.body = new RequestBody(channel);
  }

  HttpRequest request() {
    return request;
  }

  RequestBody body() {
    return body;
  }

  Channel channel() {
    return channel;
  }

  boolean keepAlive() {
    return HttpUtil.isKeepAlive(request);
  }

  /** From here on, until {@link #stopped}, a client's leaving runs the given action. */
  void running(Runnable stopAction) {
    lock.lock();
    try {
      if (left) {
        throw new EngineException(
            ErrorCode.QUERY_WAS_CANCELLED, "The client went away before its statement began");
      }
      stop = stopAction;
    } finally {
      lock.unlock();
    }
  }

  /** After this returns, the stop action is not running and never will be again. */
  void stopped() {
    lock.lock();
    try {
      stop = null;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void clientLeft(Executor executor) {
    body.abort();
    executor.execute(this::stopUntilIdle);
  }

  /** Repeats, because a statement that is about to begin cannot be stopped yet. */
  private void stopUntilIdle() {
    lock.lock();
    try {
      left = true;
      while (stop != null) {
        stop.run();
        idle.awaitNanos(KILL_INTERVAL_NANOS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
