package io.tenure.clients;

import com.sensorsdata.analytics.javasdk.ISensorsABTest;
import com.sensorsdata.analytics.javasdk.SensorsABTest;
import com.sensorsdata.analytics.javasdk.SensorsAnalytics;
import com.sensorsdata.analytics.javasdk.bean.ABGlobalConfig;
import com.sensorsdata.analytics.javasdk.bean.Experiment;
import com.sensorsdata.analytics.javasdk.consumer.BatchConsumer;
import java.util.HashMap;
import java.util.Map;

/**
 * An app's own server that asks for experiments with the Sensors A/B SDK. Usage: {@code SCENARIO
 * FETCH_URL SERVER_URL PARAMETER USER COUNT}. Prints a line for each answer: user, value,
 * experiment, variant, whether it is the control, whether it is of a white list.
 */
public final class AbTestClient {

  private static final int TIMEOUT = 30_000;

  private final ISensorsABTest tests;
  private final String parameter;

  private AbTestClient(ISensorsABTest tests, String parameter) {
    this.tests = tests;
    this.parameter = parameter;
  }

  /** Asks, and ends when everything is sent. */
  public static void main(String[] arguments) throws Exception {
    SensorsAnalytics sensors = new SensorsAnalytics(new BatchConsumer(arguments[2], 50));
    ISensorsABTest tests =
        new SensorsABTest(
            ABGlobalConfig.builder().setApiUrl(arguments[1]).setSensorsAnalytics(sensors).build());
    AbTestClient client = new AbTestClient(tests, arguments[3]);
    String user = arguments[4];
    int count = Integer.parseInt(arguments[5]);
    switch (arguments[0]) {
      case "users" -> client.users(user, count, true);
      case "devices" -> client.users(user, count, false);
      case "account" -> client.account(user);
      case "types" -> client.types(user);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    sensors.flush();
    tests.shutdown();
    sensors.shutdown();
  }

  /** Each user is shown what they get, which the SDK reports by itself. */
  private void users(String user, int count, boolean login) {
    for (int number = 0; number < count; number++) {
      print(tests.asyncFetchABTest(user + "-" + number, login, parameter, "default", TIMEOUT));
    }
  }

  /** The app names the account when it asks and when it shows. */
  private void account(String user) throws Exception {
    Map<String, Object> account = Map.of("account_id", "account-of-" + user);
    Experiment<String> shown =
        tests.asyncFetchABTest(user, true, parameter, "default", false, TIMEOUT, account);
    print(shown);
    tests.trackABTestTrigger(shown, new HashMap<>(account));
  }

  /** The SDK compares the type of a value with that of the default. */
  private void types(String user) {
    print(tests.asyncFetchABTest(user, true, "ab-integer", -1, false, TIMEOUT));
    print(tests.asyncFetchABTest(user, true, "ab-truth", false, false, TIMEOUT));
    print(tests.asyncFetchABTest(user, true, "ab-json", "{}", false, TIMEOUT));
    print(tests.asyncFetchABTest(user, true, "ab-decimal", "default", false, TIMEOUT));
    print(tests.asyncFetchABTest(user, true, "ab-truth", "another type", false, TIMEOUT));
    print(tests.asyncFetchABTest(user, true, "ab-nowhere", "default", false, TIMEOUT));
  }

  private static void print(Experiment<?> shown) {
    System.out.println(
        String.join(
            "\t",
            shown.getDistinctId(),
            String.valueOf(shown.getResult()),
            String.valueOf(shown.getAbTestExperimentId()),
            String.valueOf(shown.getAbTestExperimentGroupId()),
            String.valueOf(shown.getIsControlGroup()),
            String.valueOf(shown.getIsWhiteList())));
  }
}
