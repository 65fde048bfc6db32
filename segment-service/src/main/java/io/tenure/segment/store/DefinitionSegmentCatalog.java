package io.tenure.segment.store;

import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.segment.SegmentCatalog;
import io.tenure.segment.domain.segment.SegmentDefinition;
import io.tenure.segment.domain.segment.SegmentDraft;
import java.util.List;
import java.util.Optional;

/** Segments as platform definitions of the kind {@value #KIND}. */
public final class DefinitionSegmentCatalog implements SegmentCatalog {

  /** The kind of definition. */
  public static final String KIND = "segment";

  private final Definitions definitions;

  /** A catalog in the given definitions. */
  public DefinitionSegmentCatalog(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public Optional<SegmentDefinition> find(ProjectId project, String id) {
    return definitions.find(project, id).map(DefinitionSegmentCatalog::segment);
  }

  @Override
  public List<SegmentDefinition> list(ProjectId project) {
    return definitions.list(project).stream().map(DefinitionSegmentCatalog::segment).toList();
  }

  @Override
  public SegmentDefinition create(Caller author, SegmentDraft draft) {
    return segment(
        definitions.create(
            author.project(), draft.id(), SegmentJson.write(draft), author.subject()));
  }

  @Override
  public SegmentDefinition update(Caller author, SegmentDraft draft, String etag) {
    return segment(
        definitions.update(
            author.project(), draft.id(), SegmentJson.write(draft), author.subject(), etag));
  }

  @Override
  public void delete(Caller author, String id) {
    definitions.delete(author.project(), id, author.subject());
  }

  @Override
  public List<ProjectId> projects() {
    return definitions.projects();
  }

  private static SegmentDefinition segment(Revision revision) {
    return new SegmentDefinition(
        SegmentJson.read(revision.body()),
        revision.number(),
        revision.etag(),
        revision.createTime(),
        revision.updateTime());
  }
}
