package io.tenure.benchmarks.ingest;

import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.KeyText;
import io.tenure.platform.json.Json;
import io.tenure.standalone.Api;
import io.tenure.standalone.runtime.Installation;
import io.tenure.standalone.runtime.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The platform under load, started as {@code ./tenure start} starts it; tells where its doors are.
 * Ends when its input does.
 */
public final class PlatformProcess {

  private static final String PROJECT = "bench";
  private static final Duration POLL = Duration.ofMillis(200);

  private PlatformProcess() {}

  /**
   * Where a platform is.
   *
   * @param gateway the public door
   * @param collector the door behind it
   * @param clickHouse address of the event store
   */
  record Doors(
      String gateway,
      String collector,
      String project,
      String writeKey,
      String clickHouse,
      String clickHouseUser,
      String clickHousePassword,
      String clickHouseDatabase) {}

  /** Runs in a directory, in a form. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path data = Path.of(arguments[0]);
    Installation.Form form = Installation.Form.valueOf(arguments[1]);
    Secrets secrets = Secrets.in(data, PROJECT, new Keys());
    try (Installation installation =
            Installation.start(data, 0, form, secrets, Map.of(), part -> {});
        Api api = new Api(installation.gateway(), secrets.secretKey())) {
      while (!api.healthy()) {
        Thread.sleep(POLL);
      }
      System.out.println(
          Json.write(
              new Doors(
                  installation.gateway().toString(),
                  installation.platform().collector().toString(),
                  PROJECT,
                  secrets.writeKey(),
                  installation.stores().clickHouseUrl(),
                  installation.stores().clickHouseUsername(),
                  installation.stores().clickHousePassword(),
                  installation.stores().clickHouseDatabase())));
      while (System.in.read() >= 0) {
        // Until whoever started this closes the input.
      }
    }
  }

  private static final class Keys implements Secrets.KeyTexts {

    @Override
    public String writeKey() {
      return KeyText.generate(AccessKey.Kind.WRITE);
    }

    @Override
    public String secretKey() {
      return KeyText.generate(AccessKey.Kind.SECRET);
    }
  }
}
