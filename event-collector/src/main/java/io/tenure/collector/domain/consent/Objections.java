package io.tenure.collector.domain.consent;

import io.tenure.collector.domain.record.Identity;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who said no to analytics, as sorted hashes of their ids: eight bytes each, and nobody's
 * name. Looking somebody up touches memory only, and nothing at all in a project without any.
 *
 * @param hashes ascending
 * @param projects those that have objections or a policy
 * @param token what the source is asked with for the next changes
 */
@SuppressWarnings("ArrayRecordComponent")
public record Objections(long[] hashes, Map<ProjectId, Project> projects, String token) {

  /** Nobody. */
  public static final Objections NONE = new Objections(new long[0], Map.of(), "");

  /**
   * What has to be known about a project.
   *
   * @param byDevice whether users are told apart by their devices only
   * @param byKeys whether further ids of a record may say whose it is
   * @param categories that stand for analytics beside the word itself, in lower case
   */
  public record Project(boolean byDevice, boolean byKeys, Set<String> categories) {

    static final Project PLAIN = new Project(false, false, Set.of());
  }

  /** Sorts the hashes. */
  public Objections {
    hashes = hashes.clone();
    Arrays.sort(hashes);
    projects = Map.copyOf(projects);
  }

  /** Whether nobody objects. */
  public boolean isEmpty() {
    return hashes.length == 0;
  }

  /** Whether both hold the same; the tokens don't matter. */
  public boolean isLike(Objections other) {
    return Arrays.equals(hashes, other.hashes) && projects.equals(other.projects);
  }

  /** What is known about a project. */
  public Project project(ProjectId project) {
    return projects.getOrDefault(project, Project.PLAIN);
  }

  /** Whether a record of these ids is of somebody who objects. */
  public boolean hold(ProjectId project, Identity identity) {
    if (isEmpty()) {
      return false;
    }
    @Nullable Project known = projects.get(project);
    if (known == null || (known.byKeys() && !identity.keyed().isEmpty())) {
      return false;
    }
    boolean byDevice = identity.loginId().isEmpty() || known.byDevice();
    return byDevice && !identity.anonymousId().isEmpty()
        ? holdsDevice(project, identity.anonymousId())
        : holdsLogin(project, identity.loginId());
  }

  /** Whether a login id is of somebody who objects. */
  boolean holdsLogin(ProjectId project, String id) {
    return holds(hash(project, "l", id));
  }

  /** Whether a device id is of somebody who objects. */
  boolean holdsDevice(ProjectId project, String id) {
    return holds(hash(project, "d", id));
  }

  private boolean holds(long hash) {
    return Arrays.binarySearch(hashes, hash) >= 0;
  }

  /** As the contract says: the first eight bytes of a SHA-256. */
  static long hash(ProjectId project, String kind, String id) {
    String text = project.value() + "\n" + kind + "\n" + id;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Objections that && isLike(that) && token.equals(that.token);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hashes);
  }
}
