package io.tenure.gateway.domain;

import java.util.Optional;

/** Keeps who is signed in; a session ends after some time without use. */
public interface Sessions {

  /** Opens a session and returns its token, known to the caller only. */
  String open(String username);

  /** Who has this session; using it prolongs it. */
  Optional<String> use(String token);

  /** Ends a session; nothing happens when it is over already. */
  void close(String token);
}
