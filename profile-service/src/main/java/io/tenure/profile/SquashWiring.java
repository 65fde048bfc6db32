package io.tenure.profile;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.rpc.ServiceChannels;
import io.tenure.profile.api.SquashGrpcService;
import io.tenure.profile.client.RemoteStoredNumbers;
import io.tenure.profile.domain.ProfileEditor;
import io.tenure.profile.domain.merge.Finality;
import io.tenure.profile.domain.merge.Merges;
import io.tenure.profile.domain.merge.UndoWindow;
import io.tenure.profile.domain.squash.Squasher;
import io.tenure.profile.domain.squash.StoredNumbers;
import io.tenure.profile.job.SquashJob;
import io.tenure.profile.store.ClickHouseOverrides;
import io.tenure.profile.store.RedisIdentities;
import io.tenure.profile.store.RedisTurns;
import io.tenure.profile.store.squash.ClickHouseFinalNumbers;
import io.tenure.profile.store.squash.ClickHouseSquashes;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Old merges become final. The merges are asked for because they need the tables too. */
@Configuration(proxyBeanMethods = false)
@Import(SquashGrpcService.class)
class SquashWiring {

  /** Longer than one partition is waited for; a process that dies holds others up that long. */
  private static final Duration TURN = Duration.ofMinutes(5);

  private static final Duration DEADLINE = Duration.ofMinutes(4);

  @Bean
  UndoWindow undoWindow(ProfileProperties properties) {
    return new UndoWindow(properties.squash().undoWindow());
  }

  @Bean
  Finality finality(
      Merges merges,
      ClickHouse clickHouse,
      RedisIdentities identities,
      ProfileEditor editor,
      Clock clock) {
    return new Finality(
        merges, new ClickHouseOverrides(clickHouse), identities.moves(), editor, clock);
  }

  @Bean
  StoredNumbers storedNumbers(ServiceChannels channels, ClientProperties clients) {
    return new RemoteStoredNumbers(
        channels.open("event-collector", clients.eventCollector(), DEADLINE));
  }

  @Bean
  Squasher squasher(
      Finality finality,
      StoredNumbers stored,
      ClickHouse clickHouse,
      Redis redis,
      UndoWindow window,
      ProfileProperties properties,
      Clock clock) {
    return new Squasher(
        new ClickHouseSquashes(clickHouse),
        finality,
        new ClickHouseFinalNumbers(clickHouse),
        stored,
        new RedisTurns(redis, "squash", TURN),
        new Squasher.Settings(window, properties.squash().settleTime(), properties.squash().size()),
        clock);
  }

  @Bean
  SquashJob squashJob(Squasher squasher, MeterRegistry meters) {
    return new SquashJob(squasher, meters);
  }
}
