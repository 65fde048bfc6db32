package io.tenure.profile.domain.export;

/** Knows something about people and writes it into their document. */
public interface Source {

  /**
   * Writes one or several sections, also those with nothing in them. Never holds more than a page
   * of records.
   */
  void write(Person person, Document document);
}
