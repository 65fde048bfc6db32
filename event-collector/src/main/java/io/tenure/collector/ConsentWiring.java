package io.tenure.collector;

import io.grpc.Channel;
import io.tenure.collector.client.ProfileServiceObjections;
import io.tenure.collector.domain.consent.ConsentRule;
import io.tenure.collector.domain.consent.ConsentWatch;
import io.tenure.collector.job.ObjectionRefresh;
import io.tenure.collector.store.ObjectionFile;
import io.tenure.platform.rpc.ServiceChannels;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whose records are not taken. */
@Configuration(proxyBeanMethods = false)
class ConsentWiring {

  @Bean
  ConsentWatch consentWatch(
      ServiceChannels channels,
      @Value("${tenure.clients.profile-service}") String target,
      CollectorProperties properties) {
    Channel channel = channels.open("profile-service", target, properties.relay().deadline());
    return new ConsentWatch(
        new ProfileServiceObjections(channel),
        new ObjectionFile(properties.dataDirectory().resolve("objections")));
  }

  @Bean
  ConsentRule consentRule(ConsentWatch watch) {
    return new ConsentRule(watch::current);
  }

  @Bean
  ObjectionRefresh objectionRefresh(ConsentWatch watch) {
    return new ObjectionRefresh(watch);
  }
}
