package io.tenure.experiment.store;

import io.tenure.experiment.domain.Flag;
import io.tenure.experiment.domain.FlagStore;
import io.tenure.experiment.domain.StoredFlag;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Flags as definitions of the kind {@code flag}: every revision is kept. */
public final class DefinitionFlagStore implements FlagStore {

  /** The kind of definition. */
  public static final String KIND = "flag";

  private final Definitions definitions;

  /** A store on definitions of {@link #KIND}. */
  public DefinitionFlagStore(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public String version(ProjectId project) {
    return definitions.version(project);
  }

  @Override
  public List<StoredFlag> list(ProjectId project) {
    return definitions.list(project).stream().map(DefinitionFlagStore::stored).toList();
  }

  @Override
  public Optional<StoredFlag> find(ProjectId project, String key) {
    return definitions.find(project, key).map(DefinitionFlagStore::stored);
  }

  @Override
  public StoredFlag create(ProjectId project, Flag flag, String author) {
    return stored(definitions.create(project, flag.key(), FlagJson.write(flag), author));
  }

  @Override
  public StoredFlag update(ProjectId project, Flag flag, String author, String etag) {
    return stored(definitions.update(project, flag.key(), FlagJson.write(flag), author, etag));
  }

  @Override
  public void delete(ProjectId project, String key, String author) {
    definitions.delete(project, key, author);
  }

  private static StoredFlag stored(Revision revision) {
    return new StoredFlag(
        FlagJson.read(revision.body()),
        revision.createTime(),
        revision.updateTime(),
        revision.etag());
  }
}
