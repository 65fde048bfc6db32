package io.tenure.platform.tenancy;

/** The tenant a call, an event or a definition belongs to; nothing ever crosses it. */
public record ProjectId(String value) implements Comparable<ProjectId> {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 63;

  /** Accepts 3 to 63 lower-case letters, digits and hyphens, starting with a letter. */
  public ProjectId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("A project id has 3 to 63 of a-z, 0-9 and '-'");
    }
  }

  /** Whether a text could be a project id. */
  public static boolean isValid(String value) {
    int length = value.length();
    if (length < SHORTEST || length > LONGEST || !isLetter(value.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = value.charAt(i);
      if (!isLetter(c) && (c < '0' || c > '9') && (c != '-' || i == length - 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
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
