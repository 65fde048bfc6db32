package io.tenure.platform.tenancy;

import java.util.regex.Pattern;

/** The tenant a call, an event or a definition belongs to; nothing ever crosses it. */
public record ProjectId(String value) implements Comparable<ProjectId> {

  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{1,61}[a-z0-9]");

  /** Accepts 3 to 63 lower-case letters, digits and hyphens, starting with a letter. */
  public ProjectId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("A project id has 3 to 63 of a-z, 0-9 and '-'");
    }
  }

  /** Whether a text could be a project id. */
  public static boolean isValid(String value) {
    return SHAPE.matcher(value).matches();
  }

  @Override
  public int compareTo(ProjectId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
