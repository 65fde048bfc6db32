package io.tenure.platform.redis;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the hot store is.
 *
 * @param url {@code redis://[:PASSWORD@]HOST:PORT}
 * @param timeout longest time of one command
 */
@ConfigurationProperties("tenure.redis")
public record RedisProperties(
    @NotBlank @DefaultValue("redis://127.0.0.1:6379") String url,
    @DefaultValue("2s") Duration timeout) {}
