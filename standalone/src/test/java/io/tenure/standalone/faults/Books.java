package io.tenure.standalone.faults;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the senders know, kept outside of what is tested: written when something is sent and when it
 * is acknowledged. Sent without an acknowledgement means: there once or not at all.
 */
final class Books implements AutoCloseable {

  private final BufferedWriter file;
  private final Set<Long> sent = new TreeSet<>();
  private final Set<Long> acknowledged = new TreeSet<>();
  private long failures;

  Books(Path path) throws IOException {
    this.file = Files.newBufferedWriter(path);
  }

  synchronized void sending(Collection<Long> numbers) {
    write("sending", numbers);
    sent.addAll(numbers);
  }

  synchronized void acknowledged(Collection<Long> numbers) {
    write("acknowledged", numbers);
    acknowledged.addAll(numbers);
  }

  synchronized void failed(Collection<Long> numbers, String why) {
    write("failed (" + why + ")", numbers);
    failures++;
  }

  synchronized Set<Long> sent() {
    return new TreeSet<>(sent);
  }

  synchronized Set<Long> acknowledged() {
    return new TreeSet<>(acknowledged);
  }

  /** Requests without an acknowledgement so far. */
  synchronized long failures() {
    return failures;
  }

  private void write(String what, Collection<Long> numbers) {
    try {
      file.write(what + " " + numbers);
      file.newLine();
      file.flush();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
