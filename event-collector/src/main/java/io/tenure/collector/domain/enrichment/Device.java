package io.tenure.collector.domain.enrichment;

/**
 * What a {@code User-Agent} says about its sender; texts are empty when it does not say.
 *
 * @param os for example {@code "iOS"}
 * @param osVersion for example {@code "17.4"}
 * @param browser for example {@code "Chrome Mobile"}
 * @param browserVersion for example {@code "126.0.0"}
 * @param type {@code desktop}, {@code mobile}, {@code tablet} or {@code tv}
 * @param bot whether it is a program that pretends to be, or replaces, a person
 */
public record Device(
    String os, String osVersion, String browser, String browserVersion, String type, boolean bot) {

  /** Nothing is known. */
  public static final Device UNKNOWN = new Device("", "", "", "", "", false);
}
