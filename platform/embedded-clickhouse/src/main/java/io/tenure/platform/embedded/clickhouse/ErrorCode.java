package io.tenure.platform.embedded.clickhouse;

import java.util.Set;

/**
 * The ClickHouse error codes the door itself raises, and the HTTP status the server protocol gives
 * to each code.
 */
enum ErrorCode {
  BAD_ARGUMENTS(36),
  NOT_IMPLEMENTED(48),
  SYNTAX_ERROR(62),
  READONLY(164),
  QUERY_IS_TOO_LARGE(190),
  CANNOT_DECOMPRESS(271),
  TOO_MANY_SIMULTANEOUS_QUERIES(202),
  QUERY_WAS_CANCELLED(394),
  AUTHENTICATION_FAILED(516),
  ABORTED(236),
  UNKNOWN_EXCEPTION(1002);

  private static final Set<Integer> BAD_REQUEST =
      Set.of(
          6, 25, 26, 27, 36, 38, 41, 42, 43, 44, 53, 62, 69, 70, 72, 117, 130, 131, 271, 354, 356,
          376, 441, 456, 457, 467, 471, 675, 676, 677);
  private static final Set<Integer> NOT_FOUND =
      Set.of(46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 336);
  private static final Set<Integer> FORBIDDEN = Set.of(164, 192, 193, 497, 516);

  private final int number;

  ErrorCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The HTTP status the ClickHouse server would answer for the given error code. */
  static int httpStatus(int code) {
    if (BAD_REQUEST.contains(code)) {
      return 400;
    }
    if (NOT_FOUND.contains(code)) {
      return 404;
    }
    if (FORBIDDEN.contains(code)) {
      return 403;
    }
    return switch (code) {
      case 159 -> 408;
      case 190 -> 413;
      case 48 -> 501;
      case 194 -> 401;
      case 202, 209, 439 -> 503;
      default -> 500;
    };
  }
}
