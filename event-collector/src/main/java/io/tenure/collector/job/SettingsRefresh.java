package io.tenure.collector.job;

import io.tenure.collector.domain.setting.ProjectSettings;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps what people set at most about a second old. */
public final class SettingsRefresh {

  private final List<ProjectSettings<?>> settings;

  /** Refreshes the given settings. */
  public SettingsRefresh(List<ProjectSettings<?>> settings) {
    this.settings = List.copyOf(settings);
  }

  @Scheduled(fixedDelayString = "${tenure.collector.settings-refresh:1s}")
  void refresh() {
    settings.forEach(ProjectSettings::refresh);
  }
}
