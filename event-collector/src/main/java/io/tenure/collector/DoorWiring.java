package io.tenure.collector;

import io.tenure.collector.api.SensorsController;
import io.tenure.collector.api.SensorsPaths;
import io.tenure.platform.service.PatientHttp;
import io.tenure.platform.service.ProblemValve;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Addresses, patience and origins of the HTTP door. */
@Configuration(proxyBeanMethods = false)
class DoorWiring {

  @Bean
  SensorsPaths sensorsPaths(CollectorProperties properties) {
    return new SensorsPaths(properties.sensorsPaths());
  }

  /** Adds the configured addresses to the controller's own. */
  @Bean
  SmartInitializingSingleton moreSensorsPaths(
      SensorsPaths paths,
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
      SensorsController controller) {
    return () -> paths.register(mapping, controller);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> patience(
      CollectorProperties properties) {
    return PatientHttp.door(properties.headerPatience(), properties.bodyPatience());
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
    return ProblemValve.door();
  }

  /** Web SDKs call from the pages of the app, some with credentials. */
  @Bean
  WebMvcConfigurer crossOrigin(SensorsPaths sensorsPaths) {
    List<String> paths =
        new ArrayList<>(
            List.of("/sa", "/sa/", "/sa.gif", "/debug", "/debug/", "/v1/**", "/beacon/**"));
    paths.addAll(sensorsPaths.all());
    return new WebMvcConfigurer() {
      @Override
      public void addCorsMappings(CorsRegistry registry) {
        for (String path : paths) {
          registry
              .addMapping(path)
              .allowedOriginPatterns("*")
              .allowedMethods("GET", "POST")
              .allowedHeaders("*")
              .allowCredentials(true);
        }
      }
    };
  }
}
