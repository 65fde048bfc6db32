package io.tenure.platform.embedded.clickhouse;

/** The counts the server protocol reports in {@code X-ClickHouse-Summary}. */
record Progress(long readRows, long readBytes, long writtenRows, long writtenBytes) {

  static final Progress NONE = new Progress(0, 0, 0, 0);

  /** The header's JSON; its numbers are strings, as the server writes them. */
  String json() {
    return "{\"read_rows\":\"%d\",\"read_bytes\":\"%d\",\"written_rows\":\"%d\",\"written_bytes\":\"%d\",\"total_rows_to_read\":\"0\",\"result_rows\":\"0\",\"result_bytes\":\"0\",\"elapsed_ns\":\"0\"}"
        .formatted(readRows, readBytes, writtenRows, writtenBytes);
  }
}
