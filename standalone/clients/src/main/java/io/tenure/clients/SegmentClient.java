package io.tenure.clients;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.TrackMessage;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends with the Segment Java SDK: {@code HOST WRITE_KEY USER COUNT}. Exits with 1 when not all is
 * delivered.
 */
public final class SegmentClient {

  private SegmentClient() {}

  /** Sends and ends. */
  public static void main(String[] arguments) throws InterruptedException {
    String user = arguments[2];
    int count = Integer.parseInt(arguments[3]);
    CountDownLatch delivered = new CountDownLatch(count + 1);
    Analytics analytics =
        Analytics.builder(arguments[1])
            .endpoint(arguments[0])
            .flushQueueSize(6)
            .callback(new Counting(delivered))
            .build();
    analytics.enqueue(
        IdentifyMessage.builder()
            .userId(user)
            .anonymousId(user + "-device")
            .traits(Map.of("city", "广州")));
    for (int index = 0; index < count; index++) {
      analytics.enqueue(
          TrackMessage.builder("Java Transfer")
              .userId(user)
              .properties(Map.of("amount", index + 0.25, "index", index)));
    }
    analytics.flush();
    boolean all = delivered.await(30, TimeUnit.SECONDS);
    analytics.shutdown();
    System.exit(all ? 0 : 1);
  }

  private record Counting(CountDownLatch delivered) implements Callback {
    @Override
    public void success(Message message) {
      delivered.countDown();
    }

    @Override
    public void failure(Message message, Throwable cause) {
      cause.printStackTrace();
    }
  }
}
