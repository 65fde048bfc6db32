package io.tenure.gateway;

import io.grpc.Channel;
import io.tenure.platform.rpc.ServiceChannels;
import java.time.Duration;

/**
 * One guarded channel to each service.
 *
 * @param collector to the collector
 * @param profiles to the profile service
 * @param segments to the segment service
 * @param experiments to the experiment service
 * @param alerts to the alert service
 */
record Peers(
    Channel collector, Channel profiles, Channel segments, Channel experiments, Channel alerts) {

  static Peers open(ServiceChannels channels, PeerProperties.Clients targets, Duration deadline) {
    return new Peers(
        channels.open("event-collector", targets.eventCollector(), deadline),
        channels.open("profile-service", targets.profileService(), deadline),
        channels.open("segment-service", targets.segmentService(), deadline),
        channels.open("experiment-service", targets.experimentService(), deadline),
        channels.open("alert-service", targets.alertService(), deadline));
  }
}
