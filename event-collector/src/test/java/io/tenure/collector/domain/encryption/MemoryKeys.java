package io.tenure.collector.domain.encryption;

import io.tenure.collector.domain.setting.ProjectSettings;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Keys in memory, for writers and for the door. */
public final class MemoryKeys implements KeyStore, ProjectSettings<HeldKey> {

  private final Map<ProjectId, Map<String, HeldKey>> keys = new HashMap<>();
  private boolean canSeal = true;

  void loseTheSeal() {
    canSeal = false;
  }

  @Override
  public boolean canSeal() {
    return canSeal;
  }

  @Override
  public void create(ProjectId project, EncryptionKey key, byte[] secret, String author) {
    if (of(project).containsKey(key.id())) {
      throw Failure.of(Reason.ALREADY_EXISTS, "There is such a key");
    }
    of(project).put(key.id(), new HeldKey(key, secret));
  }

  @Override
  public List<EncryptionKey> list(ProjectId project) {
    return of(project).values().stream().map(HeldKey::key).toList();
  }

  @Override
  public Optional<EncryptionKey> find(ProjectId project, String id) {
    return Optional.ofNullable(of(project).get(id)).map(HeldKey::key);
  }

  @Override
  public void update(ProjectId project, EncryptionKey key, String author) {
    HeldKey before = of(project).get(key.id());
    of(project)
        .put(
            key.id(),
            key.state() == EncryptionKey.State.DESTROYED
                ? new HeldKey(key)
                : Objects.requireNonNull(before).in(key));
  }

  @Override
  public Map<String, HeldKey> of(ProjectId project) {
    return keys.computeIfAbsent(project, any -> new TreeMap<>());
  }

  @Override
  public void refresh() {}
}
