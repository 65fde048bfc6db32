package io.tenure.collector.domain.encryption;

import io.tenure.collector.domain.record.Fingerprint;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.setting.ProjectSettings;
import io.tenure.platform.tenancy.ProjectId;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key of encrypted records. An SDK makes one key for all the records of a process, so
 * what was unwrapped is remembered.
 */
public final class EnvelopeOpener {

  /** Opens nothing. */
  public static final EnvelopeOpener WITHOUT_KEYS =
      new EnvelopeOpener(
          new ProjectSettings<>() {
            @Override
            public Map<String, HeldKey> of(ProjectId project) {
              return Map.of();
            }

            @Override
            public void refresh() {}
          });

  /** Keys one request may have unwrapped; each costs about a millisecond. */
  static final int MOST_UNWRAPPED = 200;

  private static final int REMEMBERED = 20_000;

  private final ProjectSettings<HeldKey> keys;
  private final Map<Wrapping, RecordKey> remembered = new LeastRecent();

  /** Opens with the keys of each project. */
  public EnvelopeOpener(ProjectSettings<HeldKey> keys) {
    this.keys = keys;
  }

  /** Opens the envelopes of one request. */
  public Request request(ProjectId project) {
    return new Request(project);
  }

  private record Wrapping(ProjectId project, String keyId, Fingerprint wrapped) {}

  /** Bounds what one request may cost. */
  public final class Request {

    private final ProjectId project;
    private int unwrapped;

    private Request(ProjectId project) {
      this.project = project;
    }

    /**
     * The key of the records in an envelope.
     *
     * @throws Unacceptable KEY_UNKNOWN when the project has no such key, DECRYPTION_FAILED when the
     *     key doesn't open the envelope
     */
    public RecordKey key(Envelope envelope) throws Unacceptable {
      List<HeldKey> candidates =
          keys.of(project).values().stream().filter(key -> key.isFor(envelope)).toList();
      if (candidates.isEmpty()) {
        throw new Unacceptable(
            QuarantineReason.KEY_UNKNOWN, "The project has no key of the envelope's version");
      }
      byte[] wrapped = wrapped(envelope);
      for (HeldKey candidate : candidates) {
        @Nullable RecordKey key = unwrap(candidate, wrapped);
        if (key != null) {
          return key;
        }
      }
      throw new Unacceptable(
          QuarantineReason.DECRYPTION_FAILED, "The key of this version doesn't open the envelope");
    }

    private @Nullable RecordKey unwrap(HeldKey candidate, byte[] wrapped) throws Unacceptable {
      Wrapping wrapping =
          new Wrapping(project, candidate.key().id(), Fingerprint.of("wrapped", wrapped));
      @Nullable RecordKey known = recall(wrapping);
      if (known != null) {
        return known;
      }
      if (unwrapped == MOST_UNWRAPPED) {
        throw new Unacceptable(
            QuarantineReason.DECRYPTION_FAILED,
            "The request holds more than " + MOST_UNWRAPPED + " different keys");
      }
      unwrapped++;
      try {
        RecordKey key = candidate.unwrap(wrapped);
        remember(wrapping, key);
        return key;
      } catch (GeneralSecurityException another) {
        return null;
      }
    }
  }

  private static byte[] wrapped(Envelope envelope) throws Unacceptable {
    return switch (envelope) {
      case Envelope.Preshared preshared -> new byte[0];
      case Envelope.Wrapped wrapped -> {
        try {
          yield Envelope.base64(wrapped.wrappedKey());
        } catch (IllegalArgumentException notBase64) {
          throw new Unacceptable(QuarantineReason.DECRYPTION_FAILED, "'ekey' is not base64");
        }
      }
    };
  }

  private @Nullable RecordKey recall(Wrapping wrapping) {
    synchronized (remembered) {
      return remembered.get(wrapping);
    }
  }

  private void remember(Wrapping wrapping, RecordKey key) {
    synchronized (remembered) {
      remembered.put(wrapping, key);
    }
  }

  private static final class LeastRecent extends LinkedHashMap<Wrapping, RecordKey> {

    LeastRecent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Wrapping, RecordKey> eldest) {
      return size() > REMEMBERED;
    }
  }
}
