package io.tenure.profile;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services are that this one asks.
 *
 * @param segmentService evaluates conditions
 */
@Validated
@ConfigurationProperties("tenure.clients")
public record ClientProperties(
    @NotBlank @DefaultValue("static://127.0.0.1:9093") String segmentService) {}
