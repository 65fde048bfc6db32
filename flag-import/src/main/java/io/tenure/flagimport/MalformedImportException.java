package io.tenure.flagimport;

/** The document as a whole cannot be read: no JSON, or not what the peer writes. */
public final class MalformedImportException extends RuntimeException {

  MalformedImportException(String message) {
    super(message);
  }

  MalformedImportException(String message, Throwable cause) {
    super(message, cause);
  }
}
