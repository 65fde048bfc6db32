package io.tenure.profile.domain;

/**
 * Whom a record belongs to.
 *
 * @param userNumber the user
 * @param created whether this very call gave the number away
 * @param ownsDevice whether the record's device id belongs to that user
 */
public record Resolution(long userNumber, boolean created, boolean ownsDevice) {}
