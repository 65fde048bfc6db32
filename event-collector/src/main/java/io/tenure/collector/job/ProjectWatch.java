package io.tenure.collector.job;

import io.tenure.collector.domain.log.EventLog;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.tenancy.ProjectId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Notices projects the log has counts of, each once. */
public final class ProjectWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ProjectWatch.class);

  private final EventLog log;
  private final Consumer<ProjectId> announce;
  private final Set<ProjectId> known = new HashSet<>();

  /**
   * Watches a log.
   *
   * @param announce is told of each project
   */
  public ProjectWatch(EventLog log, Consumer<ProjectId> announce) {
    this.log = log;
    this.announce = announce;
  }

  @Scheduled(fixedDelayString = "${tenure.collector.projects-interval:5s}")
  void look() {
    try {
      log.projects().stream().filter(known::add).forEach(announce);
    } catch (Failure away) {
      LOG.debug("No project was looked for: {}", away.text());
    }
  }
}
