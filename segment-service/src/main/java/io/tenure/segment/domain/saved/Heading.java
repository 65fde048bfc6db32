package io.tenure.segment.domain.saved;

import java.util.regex.Pattern;

/** Under which id and name something is kept, and what it is for. */
public record Heading(String id, String displayName, String description) {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

  /** Accepts an id of 3 to 63 lower-case letters, digits and inner hyphens. */
  public Heading {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "The id must have 3 to 63 lower-case letters, digits and inner hyphens");
    }
    if (displayName.length() > 200) {
      throw new IllegalArgumentException("The display name has at most 200 characters");
    }
    if (description.length() > 2000) {
      throw new IllegalArgumentException("The description has at most 2000 characters");
    }
  }
}
