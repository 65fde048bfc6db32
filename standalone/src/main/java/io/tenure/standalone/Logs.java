package io.tenure.standalone;

import java.nio.file.Path;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sends what all services of this process log to one file, so that the console belongs to the
 * command. A service run alone by {@code serve} logs to its console instead, as Spring Boot does
 * it.
 */
final class Logs {

  private Logs() {}

  /** Must run before anything logs. */
  static void to(Path file) {
    System.setProperty("tenure.log", file.toAbsolutePath().toString());
    System.setProperty("logback.configurationFile", "tenure-logback.xml");
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
