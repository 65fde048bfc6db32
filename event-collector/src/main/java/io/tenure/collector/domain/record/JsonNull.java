package io.tenure.collector.domain.record;

/** JSON's null as a value, so that "set to null" and "absent" stay two things. */
public enum JsonNull {
  /** The one null. */
  NULL
}
