package io.tenure.profile.job;

import org.springframework.scheduling.annotation.Scheduled;

/** Keeps the live traits at most about a second behind their definitions. */
public class LiveTraitRefresh {

  private final Runnable refresh;

  /** A job that does this. */
  public LiveTraitRefresh(Runnable refresh) {
    this.refresh = refresh;
  }

  @Scheduled(fixedDelayString = "${tenure.profile.classes-refresh:1s}")
  void refresh() {
    refresh.run();
  }
}
