package io.tenure.collector.api;

import io.tenure.collector.domain.Dialect;
import io.tenure.collector.domain.Draft;
import io.tenure.collector.domain.Draft.Envelope;
import io.tenure.collector.domain.Draft.Original;
import io.tenure.collector.domain.Intake;
import io.tenure.collector.domain.QuarantineReason;
import io.tenure.collector.domain.RefuseReason;
import io.tenure.collector.domain.Verdict;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both protocols share at the door: whose request it is, its body within limits, and what
 * happens to a body nobody can read.
 */
public final class Reception {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final String PROJECT_HEADER = "Tenure-Project";

  private final Bodies bodies;
  private final Intake intake;
  private final Clock clock;

  /** Receives for an intake. */
  public Reception(Bodies bodies, Intake intake, Clock clock) {
    this.bodies = bodies;
    this.intake = intake;
    this.clock = clock;
  }

  /** Turns a body into records. */
  @FunctionalInterface
  interface Decoding {
    /** The records of a body. */
    List<Draft> decode(ProjectId project, Instant receiveTime, Bodies.Body body) throws IOException;
  }

  /** Takes the records of a request; when it returns, they are on disk. */
  void receive(HttpServletRequest request, Dialect dialect, Decoding decoding) throws IOException {
    Instant receiveTime = Instant.ofEpochMilli(clock.millis());
    ProjectId project = project(request);
    try (Bodies.Body body = bodies.read(content(request), isPacked(request))) {
      try {
        intake.take(project, decoding.decode(project, receiveTime, body));
      } catch (MalformedBody malformed) {
        intake.take(
            project, List.of(unreadable(project, dialect, receiveTime, body.content(), malformed)));
        throw malformed;
      }
    } catch (BodyTooLarge tooLarge) {
      countRefused(project);
      throw tooLarge;
    }
  }

  private void countRefused(ProjectId project) {
    try {
      intake.refuse(project, RefuseReason.BODY_TOO_LARGE);
    } catch (Failure failure) {
      LOG.warn("A refused body was not counted: {}", failure.text());
    }
  }

  private static InputStream content(HttpServletRequest request) throws IOException {
    return request.getMethod().equals("GET")
        ? InputStream.nullInputStream()
        : request.getInputStream();
  }

  private static boolean isPacked(HttpServletRequest request) {
    @Nullable String encoding = request.getHeader("Content-Encoding");
    return encoding != null && encoding.strip().toLowerCase(Locale.ROOT).equals("gzip");
  }

  /** The gateway authenticated the sender and says so in a header; nothing else is believed. */
  private static ProjectId project(HttpServletRequest request) {
    @Nullable String project = request.getHeader(PROJECT_HEADER);
    if (project == null || !ProjectId.isValid(project)) {
      throw Failure.of(Reason.UNAUTHENTICATED, "The request carries no project");
    }
    return new ProjectId(project);
  }

  private static Draft unreadable(
      ProjectId project,
      Dialect dialect,
      Instant receiveTime,
      byte[] content,
      MalformedBody malformed) {
    return new Draft(
        project,
        dialect,
        receiveTime,
        Map.of(),
        Envelope.NONE,
        Original.of(content),
        new Verdict.Quarantine(QuarantineReason.MALFORMED_BODY, malformed.detail()));
  }
}
