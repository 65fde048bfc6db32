package io.tenure.collector.domain.enrichment;

/** Where an address is used; texts are empty when it is not known. */
public record Place(String country, String province, String city) {

  /** Nothing is known. */
  public static final Place UNKNOWN = new Place("", "", "");
}
