package io.tenure.benchmarks.analysis;

import io.tenure.platform.json.Json;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.segment.SegmentApplication;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** The segment service alone, as it runs in a cluster. Ends when its input does. */
public final class ServiceProcess {

  private ServiceProcess() {}

  /** Runs on the stores that the first argument describes; the others are options. */
  public static void main(String[] arguments) throws IOException {
    StoresProcess.Doors stores = Json.MAPPER.readValue(arguments[0], StoresProcess.Doors.class);
    int port = freePort();
    try (ConfigurableApplicationContext service =
        ServiceRunner.service(SegmentApplication.class, SegmentApplication.NAME)
            .registerShutdownHook(false)
            .run(options(stores, port, arguments))) {
      System.out.println(port);
      while (service.isRunning() && System.in.read() >= 0) {
        // Until whoever started this closes the input.
      }
    }
  }

  private static String[] options(StoresProcess.Doors stores, int port, String[] arguments) {
    return Stream.concat(
            Stream.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.grpc.server.address=127.0.0.1",
                "--spring.grpc.server.port=" + port,
                "--tenure.segment.recompute-interval=12h",
                "--tenure.clickhouse.url=" + stores.clickHouse(),
                "--tenure.clickhouse.username=" + stores.clickHouseUser(),
                "--tenure.clickhouse.password=" + stores.clickHousePassword(),
                "--tenure.clickhouse.database=" + stores.database(),
                "--tenure.clickhouse.query-timeout=120s",
                "--tenure.redis.url=" + stores.redis()),
            Stream.of(arguments).skip(1))
        .toArray(String[]::new);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
