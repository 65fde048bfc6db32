package io.tenure.collector.api;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Draft.Original;
import io.tenure.collector.domain.dialect.MalformedBody;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.log.Outcome;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.Verdict;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private static final String OTHER_PROJECTS_HEADER = "Tenure-Other-Projects";

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
    List<Draft> decode(Arrival arrival, Bodies.Body body) throws IOException;
  }

  /** Takes the records of a request; when it returns, they are on disk. */
  void receive(HttpServletRequest request, Dialect dialect, Decoding decoding) throws IOException {
    receive(request, dialect, decoding, intake::take);
  }

  /** Like {@link #receive}, and tells what became of each record. */
  List<Outcome> receiveEach(HttpServletRequest request, Dialect dialect, Decoding decoding)
      throws IOException {
    return receive(request, dialect, decoding, intake::takeEach);
  }

  /** Tells what would become of each record; nothing is stored or counted. */
  List<Outcome> explain(HttpServletRequest request, Decoding decoding) throws IOException {
    try (Bodies.Body body = bodies.read(content(request))) {
      return intake.explain(decode(request, arrival(request), body, decoding));
    }
  }

  private interface Taking<T> {
    T take(ProjectId project, List<Draft> drafts);
  }

  private <T> T receive(
      HttpServletRequest request, Dialect dialect, Decoding decoding, Taking<T> taking)
      throws IOException {
    Arrival arrival = arrival(request);
    ProjectId project = arrival.project();
    try (Bodies.Body body = bodies.read(content(request))) {
      try {
        return taking.take(project, decode(request, arrival, body, decoding));
      } catch (MalformedBody malformed) {
        intake.take(
            project, List.of(unreadable(arrival, dialect, request, body.content(), malformed)));
        throw malformed;
      }
    } catch (BodyTooLarge tooLarge) {
      countRefused(project);
      throw tooLarge;
    }
  }

  private static List<Draft> decode(
      HttpServletRequest request, Arrival arrival, Bodies.Body body, Decoding decoding)
      throws IOException {
    if (isPacked(request)) {
      body.unpack();
    }
    return decoding.decode(arrival, body);
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

  private Arrival arrival(HttpServletRequest request) {
    return new Arrival(
        project(request),
        otherProjects(request),
        Instant.ofEpochMilli(clock.millis()),
        header(request, "X-Forwarded-For"),
        header(request, "User-Agent"),
        isRetry(request));
  }

  private static String header(HttpServletRequest request, String name) {
    @Nullable String value = request.getHeader(name);
    return value == null ? "" : value.strip();
  }

  private static boolean isRetry(HttpServletRequest request) {
    String count = header(request, "X-Retry-Count");
    return !count.isEmpty() && !count.equals("0");
  }

  private static Set<ProjectId> otherProjects(HttpServletRequest request) {
    return Stream.of(header(request, OTHER_PROJECTS_HEADER).split(",", -1))
        .map(String::strip)
        .filter(ProjectId::isValid)
        .map(ProjectId::new)
        .collect(Collectors.toUnmodifiableSet());
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
      Arrival arrival,
      Dialect dialect,
      HttpServletRequest request,
      byte[] content,
      MalformedBody malformed) {
    @Nullable String query = request.getQueryString();
    return new Draft(
        arrival,
        dialect,
        Map.of(),
        // A beacon carries its records in the query.
        Map.of("$path", request.getRequestURI(), "$query", query == null ? "" : query),
        Original.of(content),
        new Verdict.Quarantine(malformed.reason(), malformed.detail()));
  }
}
