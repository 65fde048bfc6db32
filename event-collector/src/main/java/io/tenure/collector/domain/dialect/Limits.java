package io.tenure.collector.domain.dialect;

/**
 * What one record may be.
 *
 * @param recordBytes largest accepted record, as JSON
 * @param keptBytes largest record kept in quarantine
 * @param properties most properties of an event or changes of a profile
 * @param valueLength longest property value, in characters
 * @param nameLength longest name of an event or a property
 */
public record Limits(
    int recordBytes, int keptBytes, int properties, int valueLength, int nameLength) {

  /** The defaults. */
  public static final Limits DEFAULT = new Limits(32 * 1024, 256 * 1024, 300, 8192, 100);
}
