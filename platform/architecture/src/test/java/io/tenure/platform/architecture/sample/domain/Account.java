package io.tenure.platform.architecture.sample.domain;

import io.tenure.platform.architecture.sample.store.AccountStore;
import java.time.Instant;

/** Breaks: a domain class that knows a store, reads the wall clock and prints. */
public final class Account {

  /** Breaks three rules. */
  public String name() {
    System.out.println(Instant.now());
    return new AccountStore().name();
  }
}
