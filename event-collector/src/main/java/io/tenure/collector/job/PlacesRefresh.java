package io.tenure.collector.job;

import io.tenure.collector.domain.enrichment.Places;
import org.springframework.scheduling.annotation.Scheduled;

/** Takes up a new file of places soon after it was put there. */
public final class PlacesRefresh {

  private final Places places;

  /** Refreshes the given places. */
  public PlacesRefresh(Places places) {
    this.places = places;
  }

  @Scheduled(fixedDelayString = "${tenure.collector.enrichment.refresh:30s}")
  void refresh() {
    places.refresh();
  }
}
