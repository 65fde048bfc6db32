package io.tenure.benchmarks.flag;

import dev.openfeature.contrib.providers.flagd.Config;
import dev.openfeature.contrib.providers.flagd.FlagdOptions;
import dev.openfeature.contrib.providers.flagd.FlagdProvider;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/** flagd's Java provider, which decides in the process from a file, by the OpenFeature client. */
final class FlagdEvaluator implements Evaluator {

  private static final String FLAGS =
      """
      {"flags": {
        "night-mode": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"},
        "new-transfer-page": {
          "state": "ENABLED", "variants": {"a": "a", "b": "b", "c": "c"}, "defaultVariant": "c",
          "targeting": {"if": [
            {"and": [{"<": [{"var": "age"}, 30]}, {"==": [{"var": "city"}, "Brno"]}]},
            {"fractional": [["a", 3333], ["b", 3333], ["c", 3334]]},
            "c"]}}}}
      """;

  private static final int PATIENCE = 60_000;

  private final Client client = client();

  private final EvaluationContext[] users =
      IntStream.range(0, 2 * USERS)
          .mapToObj(
              user ->
                  new ImmutableContext(
                      Evaluator.id(user),
                      Map.of("age", new Value(Evaluator.age(user)), "city", new Value(CITY))))
          .toArray(EvaluationContext[]::new);

  @Override
  public String name() {
    return "flagd";
  }

  @Override
  public String variant(int user) {
    return client.getStringValue(PAGE, "none", users[user]);
  }

  @Override
  public boolean isOn(int user) {
    return client.getBooleanValue(SWITCH, false, users[user]);
  }

  @Override
  public void close() {
    OpenFeatureAPI.getInstance().shutdown();
  }

  private static Client client() {
    OpenFeatureAPI.getInstance()
        .setProviderAndWait(
            new FlagdProvider(
                FlagdOptions.builder()
                    .resolverType(Config.Resolver.FILE)
                    .deadline(PATIENCE)
                    .offlineFlagSourcePath(file().toString())
                    .build()));
    return OpenFeatureAPI.getInstance().getClient();
  }

  private static Path file() {
    try {
      Path file = Files.createTempFile("flagd", ".json");
      file.toFile().deleteOnExit();
      return Files.writeString(file, FLAGS);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
