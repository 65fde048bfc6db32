package io.tenure.condition.api;

import io.tenure.platform.failure.Failure;

/**
 * How large one request's conditions are so far. Their values travel to the store in the address of
 * a request, whose length is limited, so the sum counts.
 */
final class Size {

  private static final int MAX_PARTS = 300;
  private static final int MAX_CHARACTERS = 50_000;

  private int parts;
  private int characters;

  void addPart(String path) {
    if (++parts > MAX_PARTS) {
      throw Failure.invalid(path, "the whole condition has more than " + MAX_PARTS + " parts");
    }
  }

  void addText(String path, String text) {
    characters += text.length();
    if (characters > MAX_CHARACTERS) {
      throw Failure.invalid(
          path, "the whole condition has more than " + MAX_CHARACTERS + " characters");
    }
  }
}
