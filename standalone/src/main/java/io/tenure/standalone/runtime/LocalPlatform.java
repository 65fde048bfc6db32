package io.tenure.standalone.runtime;

import java.net.URI;

/** A running platform on this machine, in one process or in six. */
public interface LocalPlatform extends AutoCloseable {

  /** The public address. */
  URI gateway();

  /** Stops the services, the callers first. */
  @Override
  void close();
}
