package io.tenure.experiment.domain.experiment;

import io.tenure.experiment.domain.Inspection;
import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.Stored;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/**
 * What people do with layers, and who owns which part. The layer itself is the ledger: two
 * experiments that start at once change the same revision, and one of them tries again.
 */
public final class Layers {

  private static final int ATTEMPTS = 10;

  private final Shelf<Layer> shelf;
  private final ExperimentGuard guard;

  /** Layers on that shelf. */
  public Layers(Shelf<Layer> shelf, ExperimentGuard guard) {
    this.shelf = shelf;
    this.guard = guard;
  }

  /**
   * Adds a layer nobody owns a part of.
   *
   * @throws Failure INVALID_ARGUMENT with every violation, or ALREADY_EXISTS
   */
  public Stored<Layer> create(Caller author, Layer layer) {
    check(layer);
    return shelf.create(author, layer.without(_ -> true));
  }

  /**
   * Replaces a layer's texts.
   *
   * @throws Failure INVALID_ARGUMENT, NOT_FOUND, or ABORTED on a stale etag
   */
  public Stored<Layer> update(Caller author, Layer layer, String etag) {
    Stored<Layer> before = shelf.get(author.project(), layer.key());
    check(layer);
    if (layer.unit() != before.content().unit()) {
      throw Failure.invalid("unit_type", "never changes");
    }
    Layer changed =
        new Layer(
            layer.key(),
            layer.displayName(),
            layer.description(),
            layer.unit(),
            before.content().parts());
    return shelf.update(author, changed, etag.isEmpty() ? before.etag() : etag);
  }

  /**
   * Removes a layer.
   *
   * @throws Failure NOT_FOUND, or FAILED_PRECONDITION while an experiment names it
   */
  public void delete(Caller author, String key) {
    shelf.get(author.project(), key);
    guard.requireUnused(author.project(), "The layer '" + key + "'", design -> design.isIn(key));
    shelf.delete(author, key);
  }

  /**
   * One layer.
   *
   * @throws Failure NOT_FOUND
   */
  public Stored<Layer> get(ProjectId project, String key) {
    return shelf.get(project, key);
  }

  /** Layers after a key, by key, at most so many. */
  public List<Stored<Layer>> list(ProjectId project, String after, int limit) {
    return shelf.page(project, after, limit);
  }

  /** Looks at what a design says of its layer. */
  void inspect(Inspection inspection, ProjectId project, Design design) {
    LayerShare wanted = design.layer();
    if (wanted == null) {
      return;
    }
    Optional<Layer> layer = shelf.find(project, wanted.layer()).map(Stored::content);
    inspection.require(layer.isPresent(), "layer.layer_key", "names no layer");
    inspection.require(
        layer.isEmpty() || layer.get().unit() == design.unit(),
        "unit_type",
        "must be that of the layer");
  }

  /**
   * Takes an experiment's part, or finds the one it took when it was cut short before.
   *
   * @throws Failure FAILED_PRECONDITION when there is not enough left
   */
  List<Part> claim(Caller author, Experiment experiment) {
    LayerShare wanted = experiment.design().layer();
    if (wanted == null) {
      return List.of();
    }
    ProjectId project = author.project();
    for (int attempt = 1; ; attempt++) {
      Stored<Layer> stored = shelf.get(project, wanted.layer());
      Layer cleared =
          stored
              .content()
              .without(key -> key.equals(experiment.key()) || !guard.isLive(project, key));
      Layer claimed =
          cleared
              .with(experiment.key(), wanted.share())
              .orElseThrow(
                  () ->
                      Failure.of(
                          Reason.FAILED_PRECONDITION,
                          "The layer '"
                              + wanted.layer()
                              + "' has "
                              + cleared.free()
                              + " parts of 10000 left, not "
                              + wanted.share()));
      try {
        return shelf.update(author, claimed, stored.etag()).content().of(experiment.key());
      } catch (Failure failure) {
        if (failure.reason() != Reason.ABORTED || attempt == ATTEMPTS) {
          throw failure;
        }
      }
    }
  }

  /** Gives back what an experiment owned; what a crash leaves behind the next claim clears. */
  void release(Caller author, Experiment experiment) {
    LayerShare owned = experiment.design().layer();
    for (int attempt = 1; owned != null && attempt <= ATTEMPTS; attempt++) {
      Optional<Stored<Layer>> stored = shelf.find(author.project(), owned.layer());
      if (stored.isEmpty()) {
        return;
      }
      try {
        shelf.update(
            author, stored.get().content().without(experiment.key()::equals), stored.get().etag());
        return;
      } catch (Failure failure) {
        if (failure.reason() != Reason.ABORTED) {
          throw failure;
        }
      }
    }
  }

  private static void check(Layer layer) {
    Inspection inspection = new Inspection();
    inspection.requireKey("key", layer.key());
    inspection.requireText("display_name", layer.displayName());
    inspection.requireText("description", layer.description());
    inspection.end();
  }
}
