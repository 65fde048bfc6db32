package io.tenure.profile.store.seal;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.computed.ComputedChange;
import io.tenure.profile.domain.computed.ComputedValues;
import io.tenure.profile.store.seal.TraitSeal.Opened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Computed values of personal traits, sealed in the store behind. */
public final class SealedComputedValues implements ComputedValues {

  private static final int BATCH = 1_000;

  private final ComputedValues values;
  private final TraitSeal seal;

  /** Seals what goes into the given values. */
  public SealedComputedValues(ComputedValues values, TraitSeal seal) {
    this.values = values;
    this.seal = seal;
  }

  @Override
  public Map<Long, Map<String, TraitValue>> latest(
      ProjectId project, String definitionId, long after, long upTo) {
    Map<Long, Map<String, TraitValue>> stored = values.latest(project, definitionId, after, upTo);
    List<Texts> texts = new ArrayList<>(stored.size());
    stored.forEach((user, own) -> texts.add(Texts.of(new UserKey(project, user), own)));
    Map<Long, Map<String, TraitValue>> opened = HashMap.newHashMap(stored.size());
    for (Opened one : seal.open(texts)) {
      opened.put(one.texts().user().number(), one.texts().traits());
    }
    return opened;
  }

  @Override
  public Map<String, TraitValue> at(ProjectId project, long userNumber, Instant time) {
    Texts stored = Texts.of(new UserKey(project, userNumber), values.at(project, userNumber, time));
    return seal.open(List.of(stored)).getFirst().texts().traits();
  }

  @Override
  public List<Current> ofUsers(ProjectId project, Collection<Long> userNumbers) {
    return values.ofUsers(project, userNumbers);
  }

  @Override
  public void add(List<ComputedChange> changes) {
    List<Texts> sealed = seal.seal(texts(changes));
    List<ComputedChange> kept = new ArrayList<>(changes.size());
    for (int i = 0; i < changes.size(); i++) {
      kept.add(with(changes.get(i), sealed.get(i)));
    }
    values.add(kept);
  }

  @Override
  public void changes(
      ProjectId project, String computationId, long after, Consumer<ComputedChange> consumer) {
    List<ComputedChange> waiting = new ArrayList<>(BATCH);
    values.changes(
        project,
        computationId,
        after,
        change -> {
          waiting.add(change);
          if (waiting.size() == BATCH) {
            open(waiting, consumer);
          }
        });
    open(waiting, consumer);
  }

  @Override
  public List<ComputedChange> ofUser(ProjectId project, long userNumber, long after, int limit) {
    List<ComputedChange> page = new ArrayList<>(values.ofUser(project, userNumber, after, limit));
    List<ComputedChange> opened = new ArrayList<>(page.size());
    open(page, opened::add);
    return opened;
  }

  private void open(List<ComputedChange> waiting, Consumer<ComputedChange> consumer) {
    List<Opened> opened = seal.open(texts(waiting));
    for (int i = 0; i < waiting.size(); i++) {
      consumer.accept(with(waiting.get(i), opened.get(i).texts()));
    }
    waiting.clear();
  }

  private static List<Texts> texts(List<ComputedChange> changes) {
    return changes.stream()
        .map(
            change ->
                Texts.of(
                    new UserKey(change.project(), change.userNumber()),
                    change.trait(),
                    change.value()))
        .toList();
  }

  @Override
  public long highestOffset(ProjectId project) {
    return values.highestOffset(project);
  }

  private static ComputedChange with(ComputedChange change, Texts texts) {
    return new ComputedChange(
        change.project(),
        change.definitionId(),
        change.userNumber(),
        change.trait(),
        texts.traits().getOrDefault(change.trait(), change.value()),
        change.asOf(),
        change.offset(),
        change.computationId());
  }
}
