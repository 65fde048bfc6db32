package io.tenure.gateway.api.console;

import io.tenure.gateway.api.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The console's files from the class path under {@code /console/}. A path without a file is a page
 * of the console itself, so a browser asking for it gets the start page. Files under {@code assets}
 * have a hash of their content in the name and may be kept for ever.
 */
public final class ConsoleRoutes implements RouterFunction<ServerResponse> {

  private static final List<String> NOT_PAGES =
      List.of("/api/", "/v1/", "/ofrep/", "/actuator", "/assets/", "/sa", "/config/", "/error");

  @Override
  public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    HttpServletRequest servlet = request.servletRequest();
    String path =
        URLDecoder.decode(servlet.getRequestURI().replace("+", "%2B"), StandardCharsets.UTF_8);
    String clean = StringUtils.cleanPath(path);
    if (!clean.equals(path) || path.contains("\\") || path.contains("\0")) {
      return Optional.empty();
    }
    Optional<Resource> file = file(path);
    if (file.isEmpty() && isPage(path, servlet)) {
      file = file("/index.html");
    }
    return file.map(resource -> ignored -> serve(resource, path, servlet));
  }

  private static Optional<Resource> file(String path) {
    String name = path.equals("/") ? "/index.html" : path;
    if (name.endsWith("/")) {
      return Optional.empty();
    }
    Resource resource = new ClassPathResource("console" + name);
    return resource.isReadable() && StringUtils.getFilenameExtension(name) != null
        ? Optional.of(resource)
        : Optional.empty();
  }

  private static boolean isPage(String path, HttpServletRequest request) {
    @Nullable String accept = request.getHeader("Accept");
    return NOT_PAGES.stream().noneMatch(path::startsWith)
        && StringUtils.getFilenameExtension(path) == null
        && accept != null
        && accept.contains("text/html");
  }

  private static ServerResponse serve(Resource resource, String path, HttpServletRequest request) {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      throw Refusal.method("GET, HEAD");
    }
    boolean hashed = path.startsWith("/assets/");
    MediaType type =
        MediaTypeFactory.getMediaType(resource).orElse(MediaType.APPLICATION_OCTET_STREAM);
    return ServerResponse.ok()
        .header("Content-Type", text(type))
        .header("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache")
        .build(
            (servlet, response) -> {
              response.setContentLengthLong(resource.contentLength());
              if (request.getMethod().equals("GET")) {
                copy(resource, response.getOutputStream());
              }
              return null;
            });
  }

  private static void copy(Resource resource, java.io.OutputStream out) throws IOException {
    try (InputStream in = resource.getInputStream()) {
      in.transferTo(out);
    }
  }

  private static String text(MediaType type) {
    boolean text = type.getType().equals("text") || type.getSubtype().contains("javascript");
    return text ? type + ";charset=UTF-8" : type.toString();
  }
}
