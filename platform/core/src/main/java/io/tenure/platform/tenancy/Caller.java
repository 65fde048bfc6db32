package io.tenure.platform.tenancy;

/**
 * Who makes a call and for which project. The gateway derives it from the credential; a request
 * body never carries it.
 *
 * @param project the tenant
 * @param subject who, for the audit trail: {@code person:NAME}, {@code key:ID} or {@code
 *     service:NAME}
 * @param role what the caller may do
 */
public record Caller(ProjectId project, String subject, Role role) {

  /** Rights, each containing the ones before it. */
  public enum Role {
    /** Sends events and evaluates flags only. */
    WRITER,
    /** Reads. */
    ANALYST,
    /** Changes definitions. */
    EDITOR,
    /** Everything. */
    ADMINISTRATOR
  }

  /** A service acting on its own behalf, for example a scheduled job. */
  public static Caller service(ProjectId project, String name) {
    return new Caller(project, "service:" + name, Role.ADMINISTRATOR);
  }
}
