package io.tenure.profile;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.testing.TestStores;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on real stores, with a channel to it. */
public final class ProfileServer implements AutoCloseable {

  private final ConfigurableApplicationContext application;
  private final ManagedChannel channel;

  private ProfileServer(ConfigurableApplicationContext application, ManagedChannel channel) {
    this.application = application;
    this.channel = channel;
  }

  /**
   * Starts the service.
   *
   * @param database a word for the name of its own, fresh database
   * @param settings further ones, as {@code --name=value}
   */
  public static ProfileServer start(String database, String... settings) {
    return start(Clock.systemUTC(), database, settings);
  }

  /** Starts the service with a clock of the test's. */
  public static ProfileServer start(Clock clock, String database, String... settings) {
    String name = database + "-" + UUID.randomUUID();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.grpc.server.address=127.0.0.1",
                "--spring.grpc.server.port=0",
                "--spring.grpc.server.inprocess.name=" + name,
                "--tenure.clickhouse.url=" + TestStores.clickHouseUrl(),
                "--tenure.clickhouse.username=" + TestStores.clickHouseUser(),
                "--tenure.clickhouse.password=" + TestStores.clickHousePassword(),
                "--tenure.clickhouse.database=" + TestStores.freshDatabase(database),
                "--tenure.redis.timeout=20s",
                "--tenure.redis.url=" + TestStores.redisUrl()));
    arguments.addAll(List.of(settings));
    ConfigurableApplicationContext application =
        ServiceRunner.service(ProfileApplication.class, ProfileApplication.NAME)
            .initializers(context -> context.addBeanFactoryPostProcessor(replacing(clock)))
            .run(arguments.toArray(String[]::new));
    return new ProfileServer(
        application,
        InProcessChannelBuilder.forName(name).intercept(new CallerPropagation()).build());
  }

  private static BeanFactoryPostProcessor replacing(Clock clock) {
    return beans -> {
      ((BeanDefinitionRegistry) beans).removeBeanDefinition("clock");
      beans.registerSingleton("clock", clock);
    };
  }

  /** A channel that passes the caller on. */
  public ManagedChannel channel() {
    return channel;
  }

  /** One of the service's own objects. */
  public <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  /** Makes a call that must be refused. */
  public static Failure refusal(Runnable call) {
    StatusRuntimeException[] thrown = new StatusRuntimeException[1];
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(call::run)
        .satisfies(exception -> thrown[0] = exception);
    return FailureStatus.fromStatus(thrown[0]);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    application.close();
  }
}
