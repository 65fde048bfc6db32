package io.tenure.benchmarks.flag;

import io.getunleash.DefaultUnleash;
import io.getunleash.UnleashContext;
import io.getunleash.util.UnleashConfig;
import io.getunleash.variant.Variant;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

/** Unleash's Java client with its native engine, offline: it has its flags from the start. */
final class UnleashEvaluator implements Evaluator {

  private static final String FLAGS =
      """
      {"version": 2, "features": [
        {"name": "night-mode", "type": "release", "enabled": true,
         "strategies": [{"name": "default", "parameters": {}}]},
        {"name": "new-transfer-page", "type": "release", "enabled": true,
         "strategies": [{
           "name": "flexibleRollout",
           "parameters": {"rollout": "100", "stickiness": "userId", "groupId": "new-transfer-page"},
           "constraints": [
             {"contextName": "age", "operator": "NUM_LT", "value": "30"},
             {"contextName": "city", "operator": "IN", "values": ["Brno"]}],
           "variants": [
             {"name": "a", "weight": 333, "stickiness": "userId"},
             {"name": "b", "weight": 333, "stickiness": "userId"},
             {"name": "c", "weight": 334, "stickiness": "userId"}]}]}]}
      """;

  private final DefaultUnleash unleash =
      new DefaultUnleash(
          UnleashConfig.builder()
              .appName("benchmark")
              .instanceId("benchmark")
              .unleashAPI("http://127.0.0.1:9/api")
              .disablePolling()
              .disableMetrics()
              .backupFile(Path.of("target", "unleash", "no-backup.json").toString())
              .toggleBootstrapProvider(() -> Optional.of(FLAGS))
              .build());

  private final UnleashContext[] users =
      IntStream.range(0, 2 * USERS)
          .mapToObj(
              user ->
                  UnleashContext.builder()
                      .userId(Evaluator.id(user))
                      .addProperty("age", Integer.toString(Evaluator.age(user)))
                      .addProperty("city", CITY)
                      .build())
          .toArray(UnleashContext[]::new);

  @Override
  public String name() {
    return "unleash";
  }

  @Override
  public String variant(int user) {
    return page(user).getName();
  }

  @Override
  public boolean isOn(int user) {
    return unleash.isEnabled(SWITCH, users[user]);
  }

  @Override
  public void close() {
    unleash.shutdown();
  }

  Variant page(int user) {
    return unleash.getVariant(PAGE, users[user]);
  }
}
