package io.tenure.profile.domain;

/**
 * Whom a record belongs to.
 *
 * @param userNumber the user
 * @param created whether this very call gave the number away
 * @param ownsDevice whether the record's device id belongs to that user
 * @param former whether the id that led to the user was taken from it since
 */
public record Resolution(long userNumber, boolean created, boolean ownsDevice, boolean former) {

  /** Of an id the user still has. */
  public Resolution(long userNumber, boolean created, boolean ownsDevice) {
    this(userNumber, created, ownsDevice, false);
  }
}
