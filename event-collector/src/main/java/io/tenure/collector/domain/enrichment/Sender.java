package io.tenure.collector.domain.enrichment;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether the device of a user sent a request, or a server on its behalf, whose address and agent
 * say nothing about the user. A known server's agent decides, then the name of the SDK, then
 * whether the agent is a browser's; what nobody knows counts as a server.
 */
enum Sender {
  /** A page or an app. */
  DEVICE,
  /** A backend, a script, an import. */
  SERVER;

  /** How programs begin that are not written for users. */
  private static final Pattern SERVER_AGENT =
      Pattern.compile(
          "sensorsanalytics (?:java|node|python|go|golang|php|ruby|c#|\\.net|c\\+\\+|c|lua|rust)"
              + " sdk.*"
              + "|(?:@?segment/)?analytics-(?:java|node|python|go|php|ruby|\\.net|csharp|net|rust)"
              + "\\b.*|@segment/analytics-node.*"
              + "|rudder(?:-sdk|analytics|stack)?-(?:java|node|python|go|php|ruby)\\b.*"
              + "|(?:java-http-client|java|apache-httpclient|apache-httpasyncclient|jetty|reactornetty"
              + "|jersey|vert\\.x|spring|python-requests|python-urllib|python-httpx|python|aiohttp"
              + "|node|node-fetch|undici|axios|got|go-http-client|curl|wget|libcurl|guzzlehttp|php|ruby|faraday|postmanruntime|httpie|insomnia|k6|jmeter|grpc-.*|envoy|tenure.*)(?:[/"
              + " (].*)?",
          Pattern.DOTALL);

  private static final Set<String> DEVICE_LIBRARIES =
      Set.of(
          "js",
          "javascript",
          "android",
          "ios",
          "macos",
          "harmonyos",
          "harmony",
          "flutter",
          "reactnative",
          "unity",
          "miniprogram",
          "wechatminiprogram",
          "minigame",
          "quickapp",
          "analytics.js",
          "analytics-android",
          "analytics-ios",
          "analytics-swift",
          "analytics-react-native",
          "@segment/analytics-react-native",
          "analytics-flutter",
          "@segment/analytics-next",
          "com.rudderstack.android.sdk.core",
          "rudder-ios-library",
          "rudderlabs javascript sdk");

  private static final Set<String> SERVER_LIBRARIES =
      Set.of(
          "java",
          "node",
          "nodejs",
          "python",
          "go",
          "golang",
          "php",
          "ruby",
          "c",
          "c++",
          "c#",
          ".net",
          "dotnet",
          "lua",
          "rust",
          "logagent",
          "batchimporter",
          "formatimporter");

  private static final Pattern SERVER_LIBRARY =
      Pattern.compile(
          "(?:@?(?:segment|rudderstack)/)?(?:rudder-sdk|rudder|analytics)-"
              + "(?:java|node|python|go|php|ruby|\\.net|csharp|rust)");

  private static final Set<String> MINI_PROGRAMS = Set.of("mini", "game", "quick");

  /**
   * Who sent a request.
   *
   * @param library name and version of the SDK; empty when unknown
   * @param agent the {@code User-Agent}; empty when unknown
   */
  static Sender of(String library, String agent) {
    String lower = agent.toLowerCase(Locale.ROOT);
    String sdk = name(library);
    if (SERVER_AGENT.matcher(lower).matches() || isServer(sdk)) {
      return SERVER;
    }
    if (isDevice(sdk)) {
      return DEVICE;
    }
    return isBrowser(agent) ? DEVICE : SERVER;
  }

  /** Whether an agent has the form all browsers use. */
  static boolean isBrowser(String agent) {
    return agent.startsWith("Mozilla/") || agent.startsWith("Opera/");
  }

  private static boolean isServer(String sdk) {
    return SERVER_LIBRARIES.contains(sdk) || SERVER_LIBRARY.matcher(sdk).matches();
  }

  private static boolean isDevice(String sdk) {
    return DEVICE_LIBRARIES.contains(sdk) || MINI_PROGRAMS.stream().anyMatch(sdk::contains);
  }

  /** Without the version: what follows the last space and has a digit. */
  private static String name(String library) {
    int space = library.lastIndexOf(' ');
    boolean versioned =
        space > 0 && library.chars().skip(space).anyMatch(c -> c >= '0' && c <= '9');
    return (versioned ? library.substring(0, space) : library).strip().toLowerCase(Locale.ROOT);
  }
}
