package io.tenure.platform.clickhouse;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the event store is.
 *
 * @param url HTTP address of a ClickHouse server
 * @param username user
 * @param password password; from the environment or a mounted file only
 * @param database database; created when it is missing
 * @param queryTimeout longest time of one query, enforced by the server too
 * @param maxConnections connections kept to the server
 * @param cluster the cluster the tables lie on, as the servers call it; empty for one server
 */
@ConfigurationProperties("tenure.clickhouse")
public record ClickHouseProperties(
    @NotBlank @DefaultValue("http://127.0.0.1:8123") String url,
    @DefaultValue("default") String username,
    @DefaultValue("") String password,
    @NotBlank @DefaultValue("tenure") String database,
    @DefaultValue("60s") Duration queryTimeout,
    @DefaultValue("16") int maxConnections,
    @DefaultValue("") @Pattern(regexp = "[A-Za-z0-9_.-]{0,100}") String cluster) {

  /** As configured. */
  @ConstructorBinding
  public ClickHouseProperties {}

  /** One server. */
  public ClickHouseProperties(
      String url,
      String username,
      String password,
      String database,
      Duration queryTimeout,
      int maxConnections) {
    this(url, username, password, database, queryTimeout, maxConnections, "");
  }
}
