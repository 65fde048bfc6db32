package io.tenure.collector.api;

/** The body of a request, as sent or unpacked, is over the limit; the rest of it was not read. */
final class BodyTooLarge extends RuntimeException {

  BodyTooLarge(int limit) {
    super("The body has more than " + limit + " bytes", null, false, false);
  }
}
