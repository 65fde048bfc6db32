package io.tenure.standalone.runtime;

import java.net.URI;

/** A running platform on this machine, in one process or in six. */
public interface LocalPlatform extends AutoCloseable {

  /** The public address. */
  URI gateway();

  /** Where the gateway sends raw events to; not meant for clients, since it asks for no key. */
  URI collector();

  /** Stops the services, the callers first. */
  @Override
  void close();
}
