package io.tenure.collector.store.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that were read lately. Records of a batch have the same names, projects and many of
 * the same values; one copy of each serves all of them, so that a batch in memory stays small. A
 * text takes the place of whatever fell on the same place before, so it never grows.
 */
final class KnownTexts {

  private static final int LONGEST = 32;
  private static final int PLACES = 4096;

  private final byte[] @Nullable [] bytes = new byte[PLACES][];
  private final String[] texts = new String[PLACES];

  /** The text of some bytes in UTF-8. */
  String text(byte[] source, int from, int length) {
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(source, from, length, StandardCharsets.UTF_8);
    }
    int place = place(source, from, length);
    byte @Nullable [] there = bytes[place];
    if (there != null && Arrays.equals(there, 0, there.length, source, from, from + length)) {
      return texts[place];
    }
    String text = new String(source, from, length, StandardCharsets.UTF_8);
    bytes[place] = Arrays.copyOfRange(source, from, from + length);
    texts[place] = text;
    return text;
  }

  private static int place(byte[] source, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + source[i];
    }
    return (hash ^ (hash >>> 12)) & (PLACES - 1);
  }
}
