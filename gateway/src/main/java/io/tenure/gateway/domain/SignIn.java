package io.tenure.gateway.domain;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a name and a password into a session. */
public final class SignIn {

  private final Register register;
  private final Passwords passwords;
  private final Sessions sessions;
  private final SignInLimit limit;

  /** Signs in the people of a register. */
  public SignIn(Register register, Passwords passwords, Sessions sessions, SignInLimit limit) {
    this.register = register;
    this.passwords = passwords;
    this.sessions = sessions;
    this.limit = limit;
  }

  /**
   * Opens a session.
   *
   * @param address where the attempt comes from
   * @throws Failure UNAUTHENTICATED when name or password is wrong, RESOURCE_EXHAUSTED after too
   *     many attempts
   */
  public Session open(String username, String password, String address) {
    Optional<Duration> wait = limit.attempt(username, address);
    if (wait.isPresent()) {
      throw Failure.received(
          Reason.RESOURCE_EXHAUSTED,
          "Too many attempts to sign in; try again later",
          Map.of(),
          List.of(),
          wait.get());
    }
    Optional<Person> person = register.person(username);
    if (person.isEmpty()) {
      passwords.pretend(password);
      throw wrong();
    }
    if (!passwords.matches(password, person.get().passwordHash())) {
      throw wrong();
    }
    return new Session(sessions.open(username), person.get());
  }

  /** The person whose session this is; prolongs it. */
  public Optional<Person> use(String token) {
    return sessions.use(token).flatMap(register::person);
  }

  /** Ends a session. */
  public void close(String token) {
    sessions.close(token);
  }

  private static Failure wrong() {
    return Failure.of(Reason.UNAUTHENTICATED, "The name or the password is wrong");
  }

  /** An open session. */
  public record Session(String token, Person person) {}
}
