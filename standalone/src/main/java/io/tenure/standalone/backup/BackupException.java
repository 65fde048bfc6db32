package io.tenure.standalone.backup;

/** Why there is no backup, or nothing was restored, in words for whoever typed the command. */
public final class BackupException extends RuntimeException {

  /** With what is to be printed. */
  public BackupException(String message) {
    super(message);
  }

  BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
