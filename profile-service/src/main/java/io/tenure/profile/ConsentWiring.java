package io.tenure.profile;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.redis.Redis;
import io.tenure.profile.api.ConsentGrpcService;
import io.tenure.profile.domain.DurableProfiles;
import io.tenure.profile.domain.Identities;
import io.tenure.profile.domain.Projector;
import io.tenure.profile.domain.TraitAssigner;
import io.tenure.profile.domain.computed.ComputationTurns;
import io.tenure.profile.domain.computed.ComputedValues;
import io.tenure.profile.domain.computed.TraitRemoval;
import io.tenure.profile.domain.consent.ConsentBoard;
import io.tenure.profile.domain.consent.ConsentGate;
import io.tenure.profile.domain.consent.ConsentLedger;
import io.tenure.profile.domain.consent.ConsentPolicies;
import io.tenure.profile.domain.consent.Consents;
import io.tenure.profile.domain.consent.Objections;
import io.tenure.profile.domain.consent.ProfilingEnd;
import io.tenure.profile.domain.identity.IdentityPlans;
import io.tenure.profile.domain.identity.Owners;
import io.tenure.profile.domain.merge.Overrides;
import io.tenure.profile.job.ConsentRefresh;
import io.tenure.profile.store.ClickHouseOverrides;
import io.tenure.profile.store.consent.ClickHouseConsentLedger;
import io.tenure.profile.store.consent.DefinitionConsentPolicies;
import java.time.Clock;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What people agreed to, and what follows from it. */
@Configuration(proxyBeanMethods = false)
@Import({ConsentGrpcService.class, ConsentRefresh.class})
class ConsentWiring {

  /** Needs the service's tables, which exist once the durable profiles do. */
  @Bean
  ConsentLedger consentLedger(ClickHouse clickHouse, DurableProfiles migrated) {
    return new ClickHouseConsentLedger(clickHouse);
  }

  @Bean
  ConsentPolicies consentPolicies(
      ClickHouse clickHouse, Redis redis, Clock clock, DurableProfiles migrated) {
    return new DefinitionConsentPolicies(
        new Definitions(clickHouse, redis, clock, DefinitionConsentPolicies.KIND));
  }

  @Bean
  ConsentBoard consentBoard(
      ClickHouse clickHouse, ConsentLedger ledger, ConsentPolicies policies, Clock clock) {
    ClickHouseOverrides overrides = new ClickHouseOverrides(clickHouse);
    return new ConsentBoard(
        ledger,
        policies,
        project ->
            overrides.list(project).stream()
                .collect(
                    Collectors.toMap(Overrides.Override::oldNumber, Overrides.Override::newNumber)),
        clock);
  }

  @Bean
  ConsentGate consentGate(
      Projector projector,
      ConsentBoard board,
      ConsentLedger ledger,
      Owners owners,
      IdentityPlans plans,
      Clock clock) {
    return new ConsentGate(projector, board, ledger, owners, plans, clock);
  }

  @Bean
  Consents consents(
      ConsentLedger ledger,
      ConsentBoard board,
      ConsentPolicies policies,
      Owners owners,
      Identities identities,
      Clock clock) {
    return new Consents(ledger, board, policies, owners, identities, clock);
  }

  @Bean
  Objections objections(
      ConsentBoard board, DurableProfiles profiles, IdentityPlans plans, Clock clock) {
    return new Objections(board, profiles, plans, clock);
  }

  @Bean
  ProfilingEnd profilingEnd(
      ConsentBoard board,
      ComputedValues values,
      ComputationTurns turns,
      TraitAssigner assigner,
      Clock clock) {
    return new ProfilingEnd(board, new TraitRemoval(values, turns, assigner, clock));
  }
}
