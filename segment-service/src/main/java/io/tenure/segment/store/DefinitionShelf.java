package io.tenure.segment.store;

import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.saved.Draft;
import io.tenure.segment.domain.saved.Saved;
import io.tenure.segment.domain.saved.Shelf;
import java.util.List;
import java.util.Optional;

/** Things of one kind as platform definitions, so every revision stays on record. */
public final class DefinitionShelf<T extends Draft> implements Shelf<T> {

  /** The kind of saved questions. */
  public static final String ANALYSIS = "analysis";

  /** The kind of dashboards. */
  public static final String DASHBOARD = "dashboard";

  private final Definitions definitions;
  private final Class<T> type;

  /** A shelf in the given definitions. */
  public DefinitionShelf(Definitions definitions, Class<T> type) {
    this.definitions = definitions;
    this.type = type;
  }

  @Override
  public Optional<Saved<T>> find(ProjectId project, String id) {
    return definitions.find(project, id).map(this::saved);
  }

  @Override
  public List<Saved<T>> list(ProjectId project) {
    return definitions.list(project).stream().map(this::saved).toList();
  }

  @Override
  public Saved<T> create(Caller author, T draft) {
    return saved(
        definitions.create(
            author.project(), draft.heading().id(), Json.write(draft), author.subject()));
  }

  @Override
  public Saved<T> update(Caller author, T draft, String etag) {
    return saved(
        definitions.update(
            author.project(), draft.heading().id(), Json.write(draft), author.subject(), etag));
  }

  @Override
  public void delete(Caller author, String id) {
    definitions.delete(author.project(), id, author.subject());
  }

  private Saved<T> saved(Revision revision) {
    return new Saved<>(
        Json.MAPPER.readValue(revision.body(), type),
        revision.etag(),
        revision.createTime(),
        revision.updateTime());
  }
}
