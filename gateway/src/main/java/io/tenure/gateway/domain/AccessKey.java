package io.tenure.gateway.domain;

import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key of a project. Its text is not kept, only a fingerprint of it.
 *
 * @param id stable id
 * @param project the project it opens
 * @param displayName name shown to people
 * @param kind what it is for
 * @param role what it may do; always WRITER for a write key
 * @param prefix first characters of its text
 * @param fingerprint of its text, see {@link KeyText#fingerprint}
 * @param createTime when it was created
 * @param revokeTime when it was revoked; null while it works
 * @param otherProjects further projects a write key sends events to when a record names one
 */
public record AccessKey(
    String id,
    ProjectId project,
    String displayName,
    Kind kind,
    Role role,
    String prefix,
    String fingerprint,
    Instant createTime,
    @Nullable Instant revokeTime,
    Set<ProjectId> otherProjects) {

  /** Most further projects of one key. */
  public static final int MOST_OTHER_PROJECTS = 20;

  /** Copies the set; keys kept before there were further projects have none. */
  @SuppressWarnings("ConstantValue")
  public AccessKey {
    otherProjects = otherProjects == null ? Set.of() : Set.copyOf(otherProjects);
  }

  /** What a key is for. */
  public enum Kind {
    /** Public by design: sends events, evaluates flags. */
    WRITE,
    /** For servers: uses the API with its role. */
    SECRET
  }

  /** Whether it has not been revoked. */
  public boolean works() {
    return revokeTime == null;
  }

  /**
   * A name under which changes are told to whoever has the key, since a browser's event source can
   * send no credential. It opens nothing else, and the key cannot be found from it.
   */
  public String watchName() {
    return KeyText.fingerprint("changes:" + fingerprint).substring(0, 32);
  }

  /** The same key, revoked. */
  public AccessKey revoked(Instant time) {
    return new AccessKey(
        id, project, displayName, kind, role, prefix, fingerprint, createTime, time, otherProjects);
  }

  /** Who acts when this key is used. */
  public Caller caller() {
    return new Caller(project, "key:" + id, role);
  }
}
