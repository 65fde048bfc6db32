package io.tenure.platform.service;

import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.redis.RedisProperties;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Marks the application class of a service: Spring Boot with the platform's beans. What only the
 * gateway uses is switched off here, because in the standalone process all services share one class
 * path; the gateway wires the few parts it needs itself.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    excludeName = {
      "org.springframework.cloud.gateway.server.mvc.GatewayServerMvcAutoConfiguration",
      "org.springframework.cloud.gateway.server.mvc.GatewayMvcClassPathWarningAutoConfiguration",
      "org.springframework.cloud.gateway.server.mvc.config.DefaultFunctionConfiguration",
      "org.springframework.cloud.gateway.server.mvc.filter.FilterAutoConfiguration",
      "org.springframework.cloud.gateway.server.mvc.handler.GatewayMultipartAutoConfiguration",
      "org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctionAutoConfiguration",
      "org.springframework.cloud.gateway.server.mvc.predicate.PredicateAutoConfiguration"
    })
@EnableConfigurationProperties({ClickHouseProperties.class, RedisProperties.class})
@Import(PlatformConfiguration.class)
public @interface TenureService {}
