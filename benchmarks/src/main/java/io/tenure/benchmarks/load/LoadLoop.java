package io.tenure.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends prepared requests from one thread, so that the generator takes as little of the machine as
 * it can. Closed: each connection sends its next request when the last one is answered. Open: at
 * fixed times whatever the answers do; a latency begins when its request was due, not when a
 * connection was free for it, so a slow server can't hide behind its own slowness.
 */
public final class LoadLoop {

  private static final long MILLISECOND = 1_000_000;

  private final InetSocketAddress target;
  private final List<byte[]> requests;
  private final Duration limit;
  private final double rate;
  private final int expected;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private long[] latencies = new long[4096];
  private int answered;
  private int sent;
  private int underWay;

  /**
   * A run.
   *
   * @param requests each is sent once; the run ends early when there are no more
   * @param rate requests per second; 0 for a closed loop
   */
  public LoadLoop(URI target, List<byte[]> requests, Duration limit, double rate) {
    this(target, requests, limit, rate, 200);
  }

  /**
   * A run whose requests want another answer.
   *
   * @param expected status of an answer that is none of the failures
   */
  public LoadLoop(URI target, List<byte[]> requests, Duration limit, double rate, int expected) {
    this.target = new InetSocketAddress(target.getHost(), target.getPort());
    this.requests = requests;
    this.limit = limit;
    this.rate = rate;
    this.expected = expected;
  }

  /** Runs to the end and tells what happened. */
  public LoadResult run(int connections) throws IOException {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        idle.add(new Connection(target, selector));
      }
      long start = System.nanoTime();
      long end = start + limit.toNanos();
      while (underWay > 0 || (sent < requests.size() && System.nanoTime() < end)) {
        long pause = sendDue(start, end);
        await(selector, pause);
        handle(selector);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      for (SelectionKey key : selector.keys()) {
        connection(key).close();
      }
      return LoadResult.of(seconds, Arrays.copyOf(latencies, answered), failures);
    }
  }

  /** Sends what is due on the idle connections and says how long nothing else is. */
  private long sendDue(long start, long end) throws IOException {
    while (sent < requests.size()) {
      long now = System.nanoTime();
      if (now >= end) {
        break;
      }
      long due = rate == 0 ? now : start + (long) (sent * 1e9 / rate);
      if (due > now) {
        return due - now;
      }
      Connection connection = idle.poll();
      if (connection == null) {
        break;
      }
      connection.send(requests.get(sent), due);
      requests.set(sent, new byte[0]);
      sent++;
      underWay++;
    }
    return 100 * MILLISECOND;
  }

  /** A selector waits whole milliseconds only. */
  private static void await(Selector selector, long pause) throws IOException {
    if (pause >= MILLISECOND) {
      selector.select(pause / MILLISECOND);
    } else if (selector.selectNow() == 0) {
      LockSupport.parkNanos(Math.min(pause, MILLISECOND / 5));
    }
  }

  private void handle(Selector selector) throws IOException {
    Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
    while (ready.hasNext()) {
      SelectionKey key = ready.next();
      ready.remove();
      Connection connection = connection(key);
      try {
        if (key.isWritable()) {
          connection.write();
        }
        if (key.isReadable()) {
          finish(connection, connection.read(), selector);
        }
      } catch (IOException broken) {
        connection.close();
        failures.merge(broken.getClass().getSimpleName(), 1, Integer::sum);
        underWay--;
        idle.add(new Connection(target, selector));
      }
    }
  }

  private void finish(Connection connection, int status, Selector selector) throws IOException {
    if (status == 0) {
      return;
    }
    underWay--;
    if (connection.isLast()) {
      connection.close();
      idle.add(new Connection(target, selector));
    } else {
      idle.add(connection);
    }
    if (status != expected) {
      failures.merge(Integer.toString(status), 1, Integer::sum);
      return;
    }
    if (answered == latencies.length) {
      latencies = Arrays.copyOf(latencies, 2 * answered);
    }
    latencies[answered++] = System.nanoTime() - connection.due();
  }

  private static Connection connection(SelectionKey key) {
    return (Connection) key.attachment();
  }
}
