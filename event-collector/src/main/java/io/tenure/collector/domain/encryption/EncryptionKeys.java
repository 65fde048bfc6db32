package io.tenure.collector.domain.encryption;

import io.tenure.collector.domain.encryption.EncryptionKey.State;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** The life of a project's keys: made or imported, handed out, retired, destroyed. */
public final class EncryptionKeys {

  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private final KeyStore store;
  private final Clock clock;

  /** Keys in a store. */
  public EncryptionKeys(KeyStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Makes a key, or takes one over.
   *
   * @param version empty for the next number
   * @param secret text of an existing private part; empty to make a new one
   */
  public EncryptionKey create(Caller caller, KeyScheme scheme, String version, String secret) {
    if (!store.canSeal()) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "Keys can't be kept safely: tenure.collector.secret-key is not set");
    }
    KeyMaterial material = secret.isEmpty() ? made(scheme) : KeyMaterial.imported(scheme, secret);
    Instant now = Instant.ofEpochMilli(clock.millis());
    EncryptionKey key =
        new EncryptionKey(
            scheme,
            version(caller.project(), scheme, version),
            State.ACTIVE,
            material.publicKey(),
            material.publicPoint(),
            now,
            now);
    store.create(caller.project(), key, material.secret(), caller.subject());
    return key;
  }

  /** All keys by id. */
  public List<EncryptionKey> list(ProjectId project) {
    return store.list(project);
  }

  /** No longer hands a key out. */
  public EncryptionKey retire(Caller caller, String id) {
    EncryptionKey key = find(caller.project(), id);
    return switch (key.state()) {
      case ACTIVE -> update(caller, key, State.RETIRED);
      case RETIRED -> key;
      case DESTROYED -> throw Failure.of(Reason.FAILED_PRECONDITION, "The key is destroyed");
    };
  }

  /** Erases the private part of a retired key. */
  public EncryptionKey destroy(Caller caller, String id) {
    EncryptionKey key = find(caller.project(), id);
    return switch (key.state()) {
      case ACTIVE ->
          throw Failure.of(
              Reason.FAILED_PRECONDITION, "The key is handed to SDKs; retire it first");
      // Again when it is destroyed, because erasing may have failed the first time.
      case RETIRED, DESTROYED -> update(caller, key, State.DESTROYED);
    };
  }

  private EncryptionKey find(ProjectId project, String id) {
    return store.find(project, id).orElseThrow(() -> Failure.notFound("encryption key", id));
  }

  private EncryptionKey update(Caller caller, EncryptionKey key, State state) {
    EncryptionKey next = key.in(state, Instant.ofEpochMilli(clock.millis()));
    store.update(caller.project(), next, caller.subject());
    return next;
  }

  private static KeyMaterial made(KeyScheme scheme) {
    if (scheme == KeyScheme.PRESHARED_AES) {
      throw Failure.invalid("private_key", "is required for a pre-shared key");
    }
    return KeyMaterial.made(scheme);
  }

  private String version(ProjectId project, KeyScheme scheme, String asked) {
    if (scheme == KeyScheme.PRESHARED_AES) {
      if (!KEY_ID.matcher(asked).matches()) {
        throw Failure.invalid("version", "must have 1 to 64 of A-Z, a-z, 0-9, '_', '-' and '.'");
      }
      return asked;
    }
    if (asked.isEmpty()) {
      return Integer.toString(1 + last(project));
    }
    if (!NUMBER.matcher(asked).matches()) {
      throw Failure.invalid("version", "must be a number from 1 to 999999999");
    }
    return asked;
  }

  /** Over all schemes, so that a number names one key unless somebody wants it otherwise. */
  private int last(ProjectId project) {
    return store.list(project).stream()
        .filter(key -> key.scheme() != KeyScheme.PRESHARED_AES)
        .mapToInt(EncryptionKey::number)
        .max()
        .orElse(0);
  }
}
