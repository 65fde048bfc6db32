package io.tenure.profile.store.computed;

import io.tenure.platform.definition.DefinitionCopies;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.ComputedTrait;
import io.tenure.profile.domain.computed.LiveTraits.LiveTraitCatalog;
import java.util.List;

/** The live ones among the computed traits, in memory. */
public final class LiveTraitCopies implements LiveTraitCatalog {

  private final DefinitionCopies<List<ComputedTrait>> copies;

  /** Copies of definitions of the kind {@value DefinitionComputedTraits#KIND}. */
  public LiveTraitCopies(Definitions definitions) {
    this.copies = new DefinitionCopies<>(definitions, LiveTraitCopies::live);
  }

  @Override
  public List<ComputedTrait> of(ProjectId project) {
    return copies.of(project);
  }

  /** Reads again what changed. */
  public void refresh() {
    copies.refresh();
  }

  private static List<ComputedTrait> live(List<Revision> revisions) {
    return revisions.stream()
        .map(DefinitionComputedTraits::trait)
        .filter(ComputedTrait::live)
        .toList();
  }
}
