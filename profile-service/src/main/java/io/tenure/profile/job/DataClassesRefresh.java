package io.tenure.profile.job;

import io.tenure.profile.domain.visibility.DataClasses;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps what is masked at most about a second behind the tracking plan. */
@Component
public class DataClassesRefresh {

  private final DataClasses classes;

  DataClassesRefresh(DataClasses classes) {
    this.classes = classes;
  }

  @Scheduled(fixedDelayString = "${tenure.profile.classes-refresh:1s}")
  void refresh() {
    classes.refresh();
  }
}
