package io.tenure.benchmarks.serving;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.tenure.benchmarks.load.Child;
import io.tenure.platform.json.Json;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.CallerPropagation;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.platform.tenancy.ProjectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** The running platform with its two doors: REST by the gateway, gRPC by the second replica. */
final class Platform implements AutoCloseable {

  private final Child process;
  private final ServingProcess.Doors doors;
  private final ManagedChannel channel;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Platform(Path directory) throws IOException {
    Path data = Files.createTempDirectory(directory, "data");
    List<String> jvm = new ArrayList<>(Options.jvm());
    // Standard output is for the answer alone.
    jvm.add("-Xlog:jfr+startup=error");
    jvm.add("-Dtenure.log=" + data.resolve("tenure.log"));
    jvm.add("-Dlogback.configurationFile=tenure-logback.xml");
    jvm.add("-Dorg.springframework.boot.logging.LoggingSystem=none");
    this.process =
        Child.start(
            ServingProcess.class, jvm, List.of(data.toString()), directory.resolve("platform.err"));
    this.doors = Json.MAPPER.readValue(process.answer(), ServingProcess.Doors.class);
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", doors.grpcPort())
            .usePlaintext()
            .intercept(new CallerPropagation())
            .build();
  }

  ServingProcess.Doors doors() {
    return doors;
  }

  /** Of the process with the platform. */
  long pid() {
    return process.pid();
  }

  /** To the second replica. */
  ManagedChannel channel() {
    return channel;
  }

  /** Does something as a person who may edit. */
  <T> T as(String person, Callable<T> call) {
    Caller caller = new Caller(new ProjectId(doors.project()), "person:" + person, Role.EDITOR);
    return CallerContext.as(caller, call);
  }

  /** Sends JSON with the secret key. */
  HttpResponse<String> send(String method, String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build());
  }

  /** Reads with the secret key. */
  HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(doors.gateway()).resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + doors.secretKey());
  }

  HttpClient http() {
    return http;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 400) {
        throw new IllegalStateException(request.uri() + ": " + response.body());
      }
      return response;
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() throws IOException {
    http.shutdownNow();
    channel.shutdownNow();
    process.close();
  }
}
