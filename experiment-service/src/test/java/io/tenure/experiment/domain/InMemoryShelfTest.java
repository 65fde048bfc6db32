package io.tenure.experiment.domain;

import io.tenure.experiment.domain.flag.Flag;

final class InMemoryShelfTest extends ShelfContract {

  private final InMemoryShelf<Flag> shelf = new InMemoryShelf<>();

  @Override
  protected Shelf<Flag> shelf() {
    return shelf;
  }
}
