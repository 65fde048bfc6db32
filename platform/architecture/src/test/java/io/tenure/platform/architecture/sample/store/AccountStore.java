package io.tenure.platform.architecture.sample.store;

import io.tenure.platform.architecture.sample.domain.Account;

/** Closes the cycle between domain and store. */
public final class AccountStore {

  /** Calls back. */
  public String name() {
    return new Account().toString();
  }
}
