package io.tenure.experiment.store;

import io.tenure.experiment.domain.exposure.ExposureKeys;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Secrets as definitions of their own kind. They prove who was dealt what and open nothing; whoever
 * can read the store can read the exposures themselves.
 */
public final class DefinitionExposureKeys implements ExposureKeys {

  /** The kind of definition. */
  public static final String KIND = "exposure-key";

  private static final String ONLY = "key";
  private static final String AUTHOR = "service:experiment-service";
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Definitions definitions;
  private final Map<ProjectId, byte[]> known = new ConcurrentHashMap<>();

  /** Keys in definitions of {@link #KIND}. */
  public DefinitionExposureKeys(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public byte[] of(ProjectId project) {
    return known.computeIfAbsent(project, this::load);
  }

  private byte[] load(ProjectId project) {
    Revision revision = definitions.find(project, ONLY).orElseGet(() -> made(project));
    return Base64.getDecoder().decode(Json.read(revision.body()).stringValue());
  }

  private Revision made(ProjectId project) {
    byte[] secret = new byte[BYTES];
    RANDOM.nextBytes(secret);
    try {
      return definitions.create(
          project, ONLY, Json.write(Base64.getEncoder().encodeToString(secret)), AUTHOR);
    } catch (Failure failure) {
      if (failure.reason() != Reason.ALREADY_EXISTS) {
        throw failure;
      }
      // Another replica was first.
      return definitions.find(project, ONLY).orElseThrow(() -> failure);
    }
  }
}
