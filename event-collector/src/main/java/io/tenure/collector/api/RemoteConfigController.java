package io.tenure.collector.api;

import io.tenure.collector.domain.record.ExactJson;
import io.tenure.collector.domain.remoteconfig.ConfigDocument;
import io.tenure.collector.domain.remoteconfig.Platform;
import io.tenure.collector.domain.remoteconfig.RemoteConfigs;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What Sensors SDKs fetch. These requests carry no key: everything here is public, and the gateway
 * takes the project from the query.
 */
@RestController
public final class RemoteConfigController {

  /** There is one visual configuration, the empty one. */
  private static final String VISUAL_VERSION = "1";

  private static final MediaType SCRIPT = new MediaType("application", "javascript");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]{0,99}");
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:-]{0,255}");

  private final RemoteConfigs configs;

  /** Hands these out. */
  public RemoteConfigController(RemoteConfigs configs) {
    this.configs = configs;
  }

  /** 205 tells an SDK to ask again later, and to go on as it is until then. */
  @GetMapping("/config/{platform:Android|iOS}.conf")
  ResponseEntity<byte[]> config(
      @RequestHeader("Tenure-Project") String project,
      @PathVariable String platform,
      @RequestParam(defaultValue = "") String v,
      @RequestParam(defaultValue = "") String nv) {
    Platform asked = platform.equals(Platform.IOS.label()) ? Platform.IOS : Platform.ANDROID;
    Optional<ConfigDocument> document = configs.document(id(project), asked);
    if (document.isEmpty()) {
      return ResponseEntity.status(HttpStatus.RESET_CONTENT).build();
    }
    return document.get().isKnown(v, nv)
        ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).build()
        : reply(MediaType.APPLICATION_JSON, document.get().json());
  }

  @GetMapping("/config/visualized/{platform:Android|iOS}.conf")
  ResponseEntity<byte[]> visual(
      @RequestHeader("Tenure-Project") String project,
      @PathVariable String platform,
      @RequestParam(defaultValue = "") String v,
      @RequestParam(name = "app_id", defaultValue = "") String app) {
    return v.equals(VISUAL_VERSION)
        ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).build()
        : reply(MediaType.APPLICATION_JSON, visual(id(project), platform, app));
  }

  /** A script that calls a function of the page, with a status as the web SDK expects it. */
  @GetMapping("/config/visualized/Web.conf")
  ResponseEntity<byte[]> web(
      @RequestHeader("Tenure-Project") String project,
      @RequestParam(defaultValue = "saJSSDKVtrackCollectConfig") String callback,
      @RequestParam(defaultValue = "") String v,
      @RequestParam(name = "app_id", defaultValue = "") String app) {
    if (!IDENTIFIER.matcher(callback).matches()) {
      throw Failure.invalid("callback", "must be the name of a function");
    }
    String call =
        v.equals(VISUAL_VERSION) ? "(304);" : "(200," + visual(id(project), "Web", app) + ");";
    return reply(SCRIPT, callback + call);
  }

  /**
   * Only the vendor of the mini-program can tell the openid, with a secret of its owner that we
   * don't have; the SDK goes on with an id of its own.
   */
  @GetMapping("/mp_login")
  ResponseEntity<Void> openid() {
    throw Failure.of(
        Reason.NOT_FOUND,
        "This server asks no mini-program vendor for an openid;"
            + " let the app set it in its SDK instead");
  }

  private static String visual(ProjectId project, String os, String app) {
    Map<String, Object> visual = new LinkedHashMap<>();
    visual.put("version", VISUAL_VERSION);
    visual.put("project", project.value());
    visual.put("app_id", HARMLESS.matcher(app).matches() ? app : "");
    visual.put("os", os);
    visual.put("events", List.of());
    return ExactJson.of(visual);
  }

  private static ResponseEntity<byte[]> reply(MediaType type, String text) {
    return ResponseEntity.ok()
        .contentType(type)
        .cacheControl(CacheControl.noStore())
        .header("X-Content-Type-Options", "nosniff")
        .body(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ProjectId id(String project) {
    if (!ProjectId.isValid(project)) {
      throw Failure.of(Reason.UNAUTHENTICATED, "The request carries no project");
    }
    return new ProjectId(project);
  }
}
