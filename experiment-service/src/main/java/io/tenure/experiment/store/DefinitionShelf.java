package io.tenure.experiment.store;

import io.tenure.experiment.domain.Keyed;
import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.experiment.Experiment;
import io.tenure.experiment.domain.experiment.Holdout;
import io.tenure.experiment.domain.experiment.Layer;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Things of one kind as platform definitions, so every revision stays on record. */
public final class DefinitionShelf<T extends Keyed> implements Shelf<T> {

  private final Definitions definitions;
  private final String kind;
  private final Class<T> type;

  private DefinitionShelf(Definitions definitions, String kind, Class<T> type) {
    this.definitions = definitions;
    this.kind = kind;
    this.type = type;
  }

  /** Where the shelves are. */
  public record Room(ClickHouse clickHouse, Redis redis, Clock clock) {

    /** Flags. */
    public Shelf<Flag> flags() {
      return shelf("flag", Flag.class);
    }

    /** Experiments. */
    public Shelf<Experiment> experiments() {
      return shelf("experiment", Experiment.class);
    }

    /** Layers. */
    public Shelf<Layer> layers() {
      return shelf("layer", Layer.class);
    }

    /** Hold-outs. */
    public Shelf<Holdout> holdouts() {
      return shelf("holdout", Holdout.class);
    }

    /** Metrics. */
    public Shelf<Metric> metrics() {
      return shelf("metric", Metric.class);
    }

    private <T extends Keyed> Shelf<T> shelf(String kind, Class<T> type) {
      return new DefinitionShelf<>(new Definitions(clickHouse, redis, clock, kind), kind, type);
    }
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public String version(ProjectId project) {
    return definitions.version(project);
  }

  @Override
  public List<Stored<T>> list(ProjectId project) {
    return definitions.list(project).stream().map(this::stored).toList();
  }

  @Override
  public Optional<Stored<T>> find(ProjectId project, String key) {
    return definitions.find(project, key).map(this::stored);
  }

  @Override
  public Stored<T> create(Caller author, T content) {
    return stored(
        definitions.create(
            author.project(), content.key(), DefinitionJson.write(content), author.subject()));
  }

  @Override
  public Stored<T> update(Caller author, T content, String etag) {
    return stored(
        definitions.update(
            author.project(),
            content.key(),
            DefinitionJson.write(content),
            author.subject(),
            etag));
  }

  @Override
  public void delete(Caller author, String key) {
    definitions.delete(author.project(), key, author.subject());
  }

  private Stored<T> stored(Revision revision) {
    return new Stored<>(
        DefinitionJson.read(revision.body(), type),
        revision.createTime(),
        revision.updateTime(),
        revision.etag());
  }
}
