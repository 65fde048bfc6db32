package io.tenure.profile;

import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.merge.MergedUsers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Merges of users. */
@Configuration(proxyBeanMethods = false)
class MergeWiring {

  @Bean
  MergedUsers mergedUsers(ProfileDirectory directory) {
    return new MergedUsers(directory);
  }
}
