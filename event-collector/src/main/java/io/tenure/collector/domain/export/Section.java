package io.tenure.collector.domain.export;

import java.util.function.Consumer;

/** Records of one kind about a person. */
public interface Section {

  /** Its name in the document. */
  String name();

  /**
   * Hands over the records, oldest first where they have a time. Never holds more than a page of
   * them, however many there are.
   *
   * @param records takes each as a JSON object; what it throws ends the reading
   */
  void read(Subject subject, Consumer<String> records);
}
