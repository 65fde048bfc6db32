package io.tenure.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Makes asynchronous calls: closed, so many at a time, or open, at fixed times. As in {@link
 * LoadLoop} the latency of an open call begins when it was due.
 */
public final class CallLoop {

  /** More than this at a time and the server has lost; the rest waits, and its latency runs. */
  private static final int MOST_UNDER_WAY = 2_000;

  private final Call call;
  private final long[] latencies = new long[4_000_000];
  private final AtomicInteger answered = new AtomicInteger();
  private final ConcurrentMap<String, Integer> failures = new ConcurrentHashMap<>();

  /** Loops over calls of one kind. */
  public CallLoop(Call call) {
    this.call = call;
  }

  /** Something to call. */
  @FunctionalInterface
  public interface Call {

    /**
     * Begins a call.
     *
     * @param number counts the calls from 0
     * @param end is told 1 when the call succeeded and 0 when it failed
     */
    void begin(int number, IntConsumer end);
  }

  /** Keeps so many calls under way. */
  public LoadResult closed(int underWay, Duration limit) throws InterruptedException {
    return run(underWay, 0, limit);
  }

  /** Begins so many calls a second. */
  public LoadResult open(double rate, Duration limit) throws InterruptedException {
    return run(MOST_UNDER_WAY, rate, limit);
  }

  private LoadResult run(int most, double rate, Duration limit) throws InterruptedException {
    Semaphore places = new Semaphore(most);
    answered.set(0);
    failures.clear();
    long start = System.nanoTime();
    long end = start + limit.toNanos();
    for (int number = 0; ; number++) {
      long due = rate == 0 ? 0 : start + (long) (number * 1e9 / rate);
      while (due > System.nanoTime()) {
        LockSupport.parkNanos(Math.min(200_000, due - System.nanoTime()));
      }
      places.acquire();
      long began = rate == 0 ? System.nanoTime() : due;
      if (System.nanoTime() >= end) {
        break;
      }
      call.begin(
          number,
          success -> {
            int place = success == 1 ? answered.getAndIncrement() : -1;
            if (place >= 0 && place < latencies.length) {
              latencies[place] = System.nanoTime() - began;
            } else {
              failures.merge("failed", 1, Integer::sum);
            }
            places.release();
          });
    }
    places.acquire(most - 1);
    double seconds = (System.nanoTime() - start) / 1e9;
    int count = Math.min(answered.get(), latencies.length);
    return LoadResult.of(seconds, Arrays.copyOf(latencies, count), Map.copyOf(failures));
  }
}
