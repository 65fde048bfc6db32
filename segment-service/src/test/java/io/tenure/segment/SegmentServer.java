package io.tenure.segment;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.rpc.FailureStatus;
import io.tenure.platform.service.ServiceRunner;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.testing.TestStores;
import java.util.concurrent.Callable;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on the stores of a bank, asked as the gateway and its neighbours ask it. */
final class SegmentServer implements AutoCloseable {

  private final Bank bank;
  private final ConfigurableApplicationContext application;
  private final ManagedChannel channel;

  SegmentServer(Bank bank) {
    this.bank = bank;
    String name = "segment-" + bank.database();
    this.application =
        ServiceRunner.service(SegmentApplication.class, SegmentApplication.NAME)
            .run(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.grpc.server.address=127.0.0.1",
                "--spring.grpc.server.port=0",
                "--spring.grpc.server.inprocess.name=" + name,
                "--tenure.clickhouse.url=" + TestStores.clickHouseUrl(),
                "--tenure.clickhouse.username=" + TestStores.clickHouseUser(),
                "--tenure.clickhouse.password=" + TestStores.clickHousePassword(),
                "--tenure.clickhouse.database=" + bank.database(),
                "--tenure.redis.url=" + TestStores.redisUrl());
    this.channel = InProcessChannelBuilder.forName(name).intercept(new CallerPropagation()).build();
  }

  ManagedChannel channel() {
    return channel;
  }

  <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  <T> T as(Role role, Callable<T> action) {
    return CallerContext.as(new Caller(bank.project(), "person:test", role), action);
  }

  Failure failure(Role role, Callable<?> action) {
    StatusRuntimeException thrown =
        assertThatExceptionOfType(StatusRuntimeException.class)
            .isThrownBy(() -> as(role, action))
            .actual();
    return FailureStatus.fromStatus(thrown);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    application.close();
  }
}
