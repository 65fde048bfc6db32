package io.tenure.segment.domain.analysis;

/** Writes tables for other programs. */
public interface TableFiles {

  /**
   * Apache Parquet; every column may be null. Decimals have 28 digits before and 10 behind the
   * point, lengths of time are seconds.
   */
  byte[] parquet(Table table);
}
