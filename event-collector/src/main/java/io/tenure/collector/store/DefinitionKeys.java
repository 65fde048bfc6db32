package io.tenure.collector.store;

import io.tenure.collector.domain.encryption.EncryptionKey;
import io.tenure.collector.domain.encryption.EncryptionKey.State;
import io.tenure.collector.domain.encryption.HeldKey;
import io.tenure.collector.domain.encryption.KeyScheme;
import io.tenure.collector.domain.encryption.KeyStore;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.json.Json;
import io.tenure.platform.seal.SecretSeal;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Keys as definitions of the kind {@code encryption-key}, their private parts sealed. */
public final class DefinitionKeys implements KeyStore {

  /** The kind of definition. */
  public static final String KIND = "encryption-key";

  private final Definitions definitions;
  private final SecretSeal seal;

  /** Keys in definitions of {@link #KIND}. */
  public DefinitionKeys(Definitions definitions, SecretSeal seal) {
    this.definitions = definitions;
    this.seal = seal;
  }

  /**
   * A key with its private part, ready to be used.
   *
   * @throws IllegalStateException when it was sealed with another secret key
   */
  public HeldKey read(Revision revision) {
    Body body = body(revision);
    EncryptionKey key = body.key();
    return body.sealedSecret().isEmpty()
        ? new HeldKey(key)
        : new HeldKey(
            key, Base64.getDecoder().decode(seal.open(body.sealedSecret(), body.place())));
  }

  @Override
  public boolean canSeal() {
    return seal.hasKey();
  }

  @Override
  public void create(ProjectId project, EncryptionKey key, byte[] secret, String author) {
    String place = project + "/" + key.id();
    String sealed = seal.seal(Base64.getEncoder().encodeToString(secret), place);
    definitions.create(project, key.id(), Json.write(Body.of(key, place, sealed)), author);
  }

  @Override
  public List<EncryptionKey> list(ProjectId project) {
    return definitions.list(project).stream().map(revision -> body(revision).key()).toList();
  }

  @Override
  public Optional<EncryptionKey> find(ProjectId project, String id) {
    return definitions.find(project, id).map(revision -> body(revision).key());
  }

  @Override
  public void update(ProjectId project, EncryptionKey key, String author) {
    Revision current =
        definitions
            .find(project, key.id())
            .orElseThrow(() -> Failure.notFound("encryption key", key.id()));
    Body before = body(current);
    boolean destroyed = key.state() == State.DESTROYED;
    Body next = Body.of(key, before.place(), destroyed ? "" : before.sealedSecret());
    definitions.update(project, key.id(), Json.write(next), author, current.etag());
    if (destroyed) {
      definitions.forget(project, key.id());
    }
  }

  /** As it is stored; names are part of the format. */
  private record Body(
      KeyScheme scheme,
      String version,
      State state,
      String publicKey,
      String publicPoint,
      Instant createTime,
      Instant updateTime,
      String place,
      String sealedSecret) {

    static Body of(EncryptionKey key, String place, String sealedSecret) {
      return new Body(
          key.scheme(),
          key.version(),
          key.state(),
          key.publicKey(),
          key.publicPoint(),
          key.createTime(),
          key.updateTime(),
          place,
          sealedSecret);
    }

    EncryptionKey key() {
      return new EncryptionKey(
          scheme, version, state, publicKey, publicPoint, createTime, updateTime);
    }
  }

  private static Body body(Revision revision) {
    return Json.MAPPER.readValue(revision.body(), Body.class);
  }
}
