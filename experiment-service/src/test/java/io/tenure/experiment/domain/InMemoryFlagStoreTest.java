package io.tenure.experiment.domain;

final class InMemoryFlagStoreTest extends FlagStoreContract {

  private final InMemoryFlagStore store = new InMemoryFlagStore();

  @Override
  protected FlagStore store() {
    return store;
  }
}
