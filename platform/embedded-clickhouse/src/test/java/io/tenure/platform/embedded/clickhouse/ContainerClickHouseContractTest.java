package io.tenure.platform.embedded.clickhouse;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.clickhouse.ClickHouseContainer;

/**
 * The contract, kept by a ClickHouse server, which proves that the contract asks for nothing but
 * ClickHouse. Needs Docker.
 */
final class ContainerClickHouseContractTest extends ClickHouseContract {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerClickHouseContractTest.class);
  private static final String NOT_RUN =
      "NOT RUN: the contract against a ClickHouse server, because Docker is absent";
  private static final String IMAGE = "clickhouse/clickhouse-server:26.7";
  private static @Nullable ClickHouseContainer container;

  @BeforeAll
  static void start() {
    boolean docker = DockerClientFactory.instance().isDockerAvailable();
    if (!docker) {
      LOG.warn(NOT_RUN);
    }
    assumeTrue(docker, NOT_RUN);
    container = new ClickHouseContainer(IMAGE).withUsername("tenure").withPassword("secret");
    container.start();
  }

  @AfterAll
  static void stop() {
    if (container != null) {
      container.stop();
    }
  }

  @Override
  String url() {
    return running().getHttpUrl();
  }

  @Override
  String user() {
    return running().getUsername();
  }

  @Override
  String password() {
    return running().getPassword();
  }

  private static ClickHouseContainer running() {
    if (container == null) {
      throw new IllegalStateException("the container is not running");
    }
    return container;
  }
}
