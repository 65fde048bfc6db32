package io.tenure.collector.api;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Further addresses of the Sensors protocol, for apps whose server's address has a path of its own.
 * A path {@code /bank/sa} also serves {@code /bank/sa.gif}, which the web SDK makes of it, and
 * {@code /bank/debug}, which the others make of it.
 */
public final class SensorsPaths {

  private final List<String> records = new ArrayList<>();
  private final List<String> debug = new ArrayList<>();

  /** The given paths and what the SDKs derive from them. */
  public SensorsPaths(List<String> paths) {
    for (String path : paths) {
      add(records, path);
      add(records, path + ".gif");
      add(debug, path.substring(0, path.lastIndexOf('/')) + "/debug");
    }
  }

  /** All of them. */
  public List<String> all() {
    List<String> all = new ArrayList<>(records);
    all.addAll(debug);
    return all;
  }

  /** Lets a controller answer at these addresses too. */
  public void register(RequestMappingHandlerMapping mapping, SensorsController controller) {
    if (!records.isEmpty()) {
      mapping.registerMapping(info(records), controller, handler("records"));
    }
    if (!debug.isEmpty()) {
      mapping.registerMapping(info(debug), controller, handler("debug"));
    }
  }

  private static RequestMappingInfo info(List<String> paths) {
    return RequestMappingInfo.paths(paths.toArray(String[]::new))
        .methods(RequestMethod.GET, RequestMethod.POST)
        .build();
  }

  private static Method handler(String name) {
    try {
      return SensorsController.class.getDeclaredMethod(name, HttpServletRequest.class);
    } catch (NoSuchMethodException renamed) {
      throw new IllegalStateException(renamed);
    }
  }

  /** The protocol's own addresses are served anyway. */
  private static void add(List<String> paths, String path) {
    for (String one : List.of(path, path + "/")) {
      if (!List.of("/sa", "/sa/", "/sa.gif", "/sa.gif/", "/debug", "/debug/").contains(one)
          && !paths.contains(one)) {
        paths.add(one);
      }
    }
  }
}
