package io.tenure.profile.store.computed;

import io.tenure.condition.store.ConditionJson;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.computed.ComputedTrait;
import io.tenure.profile.domain.computed.ComputedTraitCatalog;
import io.tenure.profile.domain.computed.ComputedTraitDefinition;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/** Computed traits as platform definitions of the kind {@value #KIND}. */
public final class DefinitionComputedTraits implements ComputedTraitCatalog {

  /** The kind of definition. */
  public static final String KIND = "computed-trait";

  /** A revision from before a field existed has none of it. */
  private static final ObjectReader READER =
      ConditionJson.MAPPER
          .readerFor(ComputedTrait.class)
          .without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private final Definitions definitions;

  /** A catalog in the given definitions. */
  public DefinitionComputedTraits(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public Optional<ComputedTraitDefinition> find(ProjectId project, String id) {
    return definitions.find(project, id).map(DefinitionComputedTraits::read);
  }

  @Override
  public List<ComputedTraitDefinition> list(ProjectId project) {
    return definitions.list(project).stream().map(DefinitionComputedTraits::read).toList();
  }

  @Override
  public ComputedTraitDefinition create(Caller author, ComputedTrait trait) {
    return read(definitions.create(author.project(), trait.id(), write(trait), author.subject()));
  }

  @Override
  public ComputedTraitDefinition update(Caller author, ComputedTrait trait, String etag) {
    return read(
        definitions.update(author.project(), trait.id(), write(trait), author.subject(), etag));
  }

  @Override
  public void delete(Caller author, String id) {
    definitions.delete(author.project(), id, author.subject());
  }

  @Override
  public List<ProjectId> projects() {
    return definitions.projects();
  }

  private static String write(ComputedTrait trait) {
    return ConditionJson.MAPPER.writeValueAsString(trait);
  }

  static ComputedTrait trait(Revision revision) {
    return READER.readValue(revision.body());
  }

  private static ComputedTraitDefinition read(Revision revision) {
    return new ComputedTraitDefinition(
        trait(revision), revision.etag(), revision.createTime(), revision.updateTime());
  }
}
