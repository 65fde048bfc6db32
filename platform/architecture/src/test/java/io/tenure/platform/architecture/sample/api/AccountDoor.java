package io.tenure.platform.architecture.sample.api;

import io.tenure.platform.architecture.sample.store.AccountStore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;

/** Breaks: a door that touches a store, has a schedule and an injected field. */
public final class AccountDoor {

  @Autowired private AccountStore store = new AccountStore();

  /** Breaks the schedule rule. */
  @Scheduled(fixedDelay = 1)
  public void tick() {
    store.name();
  }
}
