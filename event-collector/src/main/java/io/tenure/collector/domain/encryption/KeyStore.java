package io.tenure.collector.domain.encryption;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;

/** Keeps keys, their private parts sealed. */
public interface KeyStore {

  /** Whether there is something to seal private parts with. */
  boolean canSeal();

  /**
   * Adds a key.
   *
   * @throws io.tenure.platform.failure.Failure ALREADY_EXISTS when its id is taken
   */
  void create(ProjectId project, EncryptionKey key, byte[] secret, String author);

  /** All keys by id, destroyed ones too. */
  List<EncryptionKey> list(ProjectId project);

  /** One key. */
  Optional<EncryptionKey> find(ProjectId project, String id);

  /** Replaces what everybody may know of a key; the private part of a destroyed key is erased. */
  void update(ProjectId project, EncryptionKey key, String author);
}
