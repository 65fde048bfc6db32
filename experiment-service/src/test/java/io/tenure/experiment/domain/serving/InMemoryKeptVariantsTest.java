package io.tenure.experiment.domain.serving;

final class InMemoryKeptVariantsTest extends KeptVariantsContract {

  private final KeptVariants variants = new InMemoryKeptVariants(clock);

  @Override
  protected KeptVariants variants() {
    return variants;
  }
}
