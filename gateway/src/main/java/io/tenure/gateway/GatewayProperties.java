package io.tenure.gateway;

import io.tenure.gateway.domain.Passwords;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the gateway behaves.
 *
 * @param maxBodySize largest request body on the wire
 * @param callDeadline longest time of a call to a service
 * @param collectorTimeout longest time the collector may take to answer
 * @param sessionIdleTime time without use that ends a session
 * @param signInAttempts attempts to sign in per minute, name and address
 * @param passwordIterations work factor of new password hashes
 * @param sensorsPaths further paths of the Sensors protocol, for example {@code /bank/sa}; the
 *     collector needs the same list
 * @param publicUrl where SDKs in browsers reach the gateway, for example {@code https://in.bank};
 *     empty means where they ask
 * @param flagStreams listeners for changes of flags held open at a time
 * @param bodiesInFlight request bodies held at a time, all requests together
 * @param headerPatience how long the header of a request may take
 * @param bodyPatience how long a body may make no progress
 * @param limits how much keys may send
 * @param bootstrap what to create at the first start
 */
@Validated
@ConfigurationProperties("tenure.gateway")
public record GatewayProperties(
    @DefaultValue("1MB") DataSize maxBodySize,
    @DefaultValue("30s") Duration callDeadline,
    @DefaultValue("10s") Duration collectorTimeout,
    @DefaultValue("12h") Duration sessionIdleTime,
    @Min(1) @Max(1000) @DefaultValue("10") int signInAttempts,
    @Min(1000) @DefaultValue("" + Passwords.RECOMMENDED_ITERATIONS) int passwordIterations,
    @DefaultValue List<@Pattern(regexp = "(/[A-Za-z0-9._-]+)+") String> sensorsPaths,
    @DefaultValue("") String publicUrl,
    @Min(0) @DefaultValue("5000") int flagStreams,
    @DefaultValue("128MB") DataSize bodiesInFlight,
    @DefaultValue("10s") Duration headerPatience,
    @DefaultValue("15s") Duration bodyPatience,
    @DefaultValue Limits limits,
    @DefaultValue FirstStart bootstrap) {

  /**
   * How much keys may send, at this gateway; with several gateways at each of them.
   *
   * @param requestsPerSecond requests per second and key; 0 means no limit
   * @param burst for how long a key may save up requests
   * @param keys other limits of single keys, by the key's id
   */
  public record Limits(
      @DefaultValue("20000") double requestsPerSecond,
      @DefaultValue("2s") Duration burst,
      @DefaultValue Map<String, Double> keys) {}

  /**
   * What to create at the first start; anything empty is left out.
   *
   * @param username the administrator's name
   * @param password the administrator's password
   * @param project id of the first project
   * @param writeKey text of its write key
   * @param secretKey text of its secret key, which has all rights on the project
   */
  public record FirstStart(
      @DefaultValue("") String username,
      @DefaultValue("") String password,
      @DefaultValue("") String project,
      @DefaultValue("") String writeKey,
      @DefaultValue("") String secretKey) {}
}
