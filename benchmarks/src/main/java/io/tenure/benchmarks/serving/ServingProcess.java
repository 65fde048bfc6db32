package io.tenure.benchmarks.serving;

import io.tenure.experiment.ExperimentApplication;
import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.KeyText;
import io.tenure.platform.json.Json;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.standalone.Api;
import io.tenure.standalone.runtime.Installation;
import io.tenure.standalone.runtime.Secrets;
import io.tenure.standalone.runtime.Stores;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The platform in one process, as {@code ./tenure start} starts it, and beside it a second
 * experiment-service on the same stores that listens for gRPC. Ends when its input does.
 */
public final class ServingProcess {

  private static final String PROJECT = "bench";
  private static final Duration POLL = Duration.ofMillis(200);

  private ServingProcess() {}

  /**
   * Where a platform is.
   *
   * @param gateway the public door
   * @param grpcPort of the second experiment-service, on loopback
   * @param clickHouse address of the store, where SQL is asked
   */
  record Doors(
      String gateway,
      String project,
      String writeKey,
      String secretKey,
      int grpcPort,
      String clickHouse,
      String clickHouseUser,
      String clickHousePassword,
      String clickHouseDatabase) {}

  /** Runs in a directory. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path data = Path.of(arguments[0]);
    Secrets secrets = Secrets.in(data, PROJECT, new Keys());
    int port = freePort();
    try (Installation installation =
            Installation.start(
                data, 0, Installation.Form.ONE_PROCESS, secrets, Map.of(), part -> {});
        ConfigurableApplicationContext replica = replica(installation.stores(), port);
        Api api = new Api(installation.gateway(), secrets.secretKey())) {
      while (!api.healthy() || !replica.isRunning()) {
        Thread.sleep(POLL);
      }
      Stores stores = installation.stores();
      System.out.println(
          Json.write(
              new Doors(
                  installation.gateway().toString(),
                  PROJECT,
                  secrets.writeKey(),
                  secrets.secretKey(),
                  port,
                  stores.clickHouseUrl(),
                  stores.clickHouseUsername(),
                  stores.clickHousePassword(),
                  stores.clickHouseDatabase())));
      while (System.in.read() >= 0) {
        // Until whoever started this closes the input.
      }
    }
  }

  private static ConfigurableApplicationContext replica(Stores stores, int port) {
    return ServiceRunner.service(ExperimentApplication.class, ExperimentApplication.NAME)
        .registerShutdownHook(false)
        .run(
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--spring.grpc.server.address=127.0.0.1",
            "--spring.grpc.server.port=" + port,
            "--tenure.clients.event-collector=in-process:event-collector",
            "--tenure.clients.profile-service=in-process:profile-service",
            "--tenure.clients.segment-service=in-process:segment-service",
            "--tenure.clickhouse.url=" + stores.clickHouseUrl(),
            "--tenure.clickhouse.username=" + stores.clickHouseUsername(),
            "--tenure.clickhouse.password=" + stores.clickHousePassword(),
            "--tenure.clickhouse.database=" + stores.clickHouseDatabase(),
            "--tenure.redis.url=" + stores.redisUrl());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
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
