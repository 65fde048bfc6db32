package io.tenure.clients;

import com.sensorsdata.analytics.javasdk.SensorsAnalytics;
import com.sensorsdata.analytics.javasdk.bean.SensorsAnalyticsIdentity;
import com.sensorsdata.analytics.javasdk.consumer.BatchConsumer;
import com.sensorsdata.analytics.javasdk.consumer.ConcurrentLoggingConsumer;
import com.sensorsdata.analytics.javasdk.consumer.DebugConsumer;
import com.sensorsdata.analytics.javasdk.exceptions.DebugModeException;
import com.sensorsdata.analytics.javasdk.exceptions.InvalidArgumentException;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * An app's own server with the Sensors Java SDK. Usage: {@code SCENARIO TARGET USER}, where the
 * target is the server's URL, or for {@code log} the beginning of a file name. Prints what the
 * scenario is about.
 */
public final class SensorsClient {

  private static final int TRANSFERS = 20;

  private SensorsClient() {}

  /** Sends and ends. */
  public static void main(String[] arguments) throws Exception {
    String target = arguments[1];
    String user = arguments[2];
    switch (arguments[0]) {
      case "transfers" -> transfers(new SensorsAnalytics(new BatchConsumer(target, 7)), user);
      case "every-type" -> everyType(new SensorsAnalytics(new BatchConsumer(target, 50)), user);
      case "persistent" -> persistent(new SensorsAnalytics(new BatchConsumer(target, 50)), user);
      case "debug" -> debug(new SensorsAnalytics(new DebugConsumer(target, false)), user);
      case "log" -> transfers(new SensorsAnalytics(new ConcurrentLoggingConsumer(target)), user);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void transfers(SensorsAnalytics sensors, String login) throws Exception {
    String device = login + "-device";
    for (int index = 0; index < TRANSFERS; index++) {
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

  /** One call of each kind, in one request. */
  private static void everyType(SensorsAnalytics sensors, String login) throws Exception {
    String device = login + "-device";
    sensors.track(
        device,
        false,
        "JavaEvery",
        Map.of("note", "工资到账", "when", new Date(1_781_526_645_005L), "big", 9007199254740993L));
    sensors.trackSignUp(login, device);
    sensors.track(login, true, "JavaElsewhere", Map.of("$project", "elsewhere"));
    sensors.profileSet(login, true, Map.of("city", "上海", "goneSoon", "x"));
    sensors.profileSetOnce(login, true, Map.of("city", "北京", "first", "yes"));
    sensors.profileIncrement(login, true, "logins", 3);
    sensors.profileAppend(login, true, "tags", "gold");
    sensors.profileUnset(login, true, "goneSoon");
    sensors.itemSet("fund", "F-" + login, Map.of("name", "货币基金", "risk", 1));
    sensors.itemSet("fund", "G-" + login, Map.of("name", "gone"));
    sensors.itemDelete("fund", "G-" + login, Map.of());
    SensorsAnalyticsIdentity ids =
        SensorsAnalyticsIdentity.builder()
            .addIdentityProperty("$identity_login_id", login + "-3")
            .addIdentityProperty("$identity_anonymous_id", login + "-3-device")
            .build();
    sensors.bind(ids);
    sensors.trackById(
        SensorsAnalyticsIdentity.builder()
            .addIdentityProperty("$identity_login_id", login + "-3")
            .build(),
        "JavaBound",
        Map.of());
    sensors.unbind(
        SensorsAnalyticsIdentity.builder()
            .addIdentityProperty("$identity_anonymous_id", login + "-3-device")
            .build());
    try {
      sensors.track(login, true, "9 bad name", Map.of());
      System.out.println("a bad name was not refused");
    } catch (InvalidArgumentException refused) {
      System.out.println("refused a bad name");
    }
    sensors.flush();
    sensors.shutdown();
  }

  /** Flushes until it must have worked: the SDK keeps a batch that failed at the head. */
  private static void persistent(SensorsAnalytics sensors, String login) throws Exception {
    for (int index = 0; index < TRANSFERS; index++) {
      sensors.track(login, true, "JavaPersistent", Map.of("index", index));
    }
    for (int attempt = 0; attempt < 4; attempt++) {
      sensors.flush();
    }
    sensors.shutdown();
  }

  /** Validates only; a record with a wrong value must come back as an exception with a reason. */
  private static void debug(SensorsAnalytics sensors, String login) throws Exception {
    sensors.track(login, true, "JavaDebugged", Map.of("amount", 1));
    System.out.println("accepted");
    try {
      sensors.track(
          login,
          true,
          "JavaDebugged",
          Map.of("$time", new Date(4_102_444_800_000L), "tags", List.of()));
      System.out.println("a time in the future was not refused");
    } catch (DebugModeException refused) {
      System.out.println("refused: " + refused.getMessage());
    }
    sensors.shutdown();
  }
}
