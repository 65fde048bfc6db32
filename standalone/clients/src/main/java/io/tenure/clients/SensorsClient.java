package io.tenure.clients;

import com.sensorsdata.analytics.javasdk.SensorsAnalytics;
import com.sensorsdata.analytics.javasdk.consumer.BatchConsumer;
import java.util.Map;

/** Sends with the Sensors Java SDK: {@code SERVER_URL DEVICE LOGIN COUNT}. */
public final class SensorsClient {

  private SensorsClient() {}

  /** Sends and ends. */
  public static void main(String[] arguments) throws Exception {
    String device = arguments[1];
    String login = arguments[2];
    SensorsAnalytics sensors = new SensorsAnalytics(new BatchConsumer(arguments[0], 7));
    for (int index = 0; index < Integer.parseInt(arguments[3]); index++) {
      sensors.track(
          device,
          false,
          "JavaTransfer",
          Map.of("amount", index + 0.5, "index", index, "note", "工资 payday"));
    }
    sensors.trackSignUp(login, device);
    sensors.profileSet(login, true, Map.of("city", "上海", "age", 42));
    sensors.profileIncrement(login, true, "logins", 3);
    sensors.profileIncrement(login, true, "logins", 4);
    sensors.flush();
    sensors.shutdown();
  }
}
