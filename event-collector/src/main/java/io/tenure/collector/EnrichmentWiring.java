package io.tenure.collector;

import io.tenure.collector.domain.enrichment.Devices;
import io.tenure.collector.domain.enrichment.Enrichment;
import io.tenure.collector.domain.enrichment.Places;
import io.tenure.collector.job.PlacesRefresh;
import io.tenure.collector.store.enrichment.MaxMindPlaces;
import io.tenure.collector.store.enrichment.UapDevices;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is added to an event. */
@Configuration(proxyBeanMethods = false)
class EnrichmentWiring {

  @Bean
  Enrichment enrichment(Devices devices, Places places, CollectorProperties properties) {
    return new Enrichment(devices, places, properties.enrichment().ip());
  }

  @Bean
  Devices devices() {
    return new UapDevices();
  }

  @Bean
  Places places(CollectorProperties properties) {
    @Nullable Path file = properties.enrichment().ipDatabase();
    return file == null
        ? Places.NONE
        : new MaxMindPlaces(
            file,
            properties.dataDirectory().resolve("places"),
            properties.enrichment().languages());
  }

  @Bean
  PlacesRefresh placesRefresh(Places places) {
    return new PlacesRefresh(places);
  }
}
