package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.KeyedId;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.domain.record.Verdict.Accept;
import io.tenure.collector.domain.record.Verdict.Quarantine;
import io.tenure.platform.tenancy.ProjectId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record must be about somebody, unless it is an item, and by ids the project's identity plan
 * knows.
 */
public final class IdentityRule implements Step {

  private static final int MOST_IDS = 30;

  private final Function<ProjectId, IdentityKeys> plans;

  /** Judges by the keys of each project's identity plan. */
  public IdentityRule(Function<ProjectId, IdentityKeys> plans) {
    this.plans = plans;
  }

  /** Judges projects whose identity plan has no keys. */
  public IdentityRule() {
    this(project -> IdentityKeys.ANY);
  }

  @Override
  public StepName name() {
    return StepName.IDENTITY;
  }

  @Override
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    Identity identity = record.source().identity();
    boolean item = record instanceof LogRecord.Item;
    if (!identity.isPresent() && !item) {
      return new Quarantine(
          QuarantineReason.IDENTITY_MISSING, "The record has no login id and no device id");
    }
    IdentityKeys keys = item ? IdentityKeys.ANY : plans.apply(record.project());
    @Nullable Quarantine fault =
        keys.declared().isEmpty() || identity.keyed().isEmpty()
            ? judgeTwo(identity, keys)
            : judgeKeyed(identity, keys);
    return fault == null ? new Accept(record) : fault;
  }

  private static @Nullable Quarantine judgeTwo(Identity identity, IdentityKeys keys) {
    if (isTooLong(identity.loginId()) || isTooLong(identity.anonymousId())) {
      return tooLong();
    }
    boolean login = identity.loginId().isEmpty() || keys.allows(KeyedId.LOGIN);
    boolean device = identity.anonymousId().isEmpty() || keys.allows(KeyedId.ANONYMOUS);
    return login && device ? null : undeclared(login ? KeyedId.ANONYMOUS : KeyedId.LOGIN);
  }

  private static @Nullable Quarantine judgeKeyed(Identity identity, IdentityKeys keys) {
    if (identity.keyed().size() > MOST_IDS) {
      return new Quarantine(
          QuarantineReason.IDENTITY_TOO_LONG, "The record has more than " + MOST_IDS + " ids");
    }
    for (KeyedId id : identity.keyed()) {
      if (!keys.allows(id.key())) {
        return undeclared(id.key());
      }
      if (isTooLong(id.value())) {
        return tooLong();
      }
    }
    return null;
  }

  private static boolean isTooLong(String id) {
    return id.length() > Identity.MAX_LENGTH;
  }

  private static Quarantine tooLong() {
    return new Quarantine(
        QuarantineReason.IDENTITY_TOO_LONG,
        "An id has more than " + Identity.MAX_LENGTH + " characters");
  }

  private static Quarantine undeclared(String key) {
    String name = key.length() > KeyedId.MAX_KEY_LENGTH ? "an overlong key" : "'" + key + "'";
    return new Quarantine(
        QuarantineReason.IDENTITY_UNDECLARED, "The identity plan does not declare " + name);
  }
}
