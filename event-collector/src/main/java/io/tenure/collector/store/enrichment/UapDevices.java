package io.tenure.collector.store.enrichment;

import io.tenure.collector.domain.enrichment.Device;
import io.tenure.collector.domain.enrichment.Devices;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * By the patterns of the ua-parser project, and a few of our own for apps and systems of China it
 * does not know. A new agent takes a thousand patterns, so those met lately are remembered, and one
 * longer than any browser's is not looked at.
 */
public final class UapDevices implements Devices {

  private static final Logger LOG = LoggerFactory.getLogger(UapDevices.class);
  private static final int LONGEST = 512;
  private static final int ROOM = 4096;

  /** Reading an agent takes about a millisecond of a core. */
  private static final int READINGS = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);

  private static final String OTHER = "Other";
  private static final String SPIDER = "Spider";

  /** Not "CUBOT", which is a telephone. */
  private static final Pattern BOT =
      Pattern.compile(
          "(?<!cu)bot\\b|crawler|spider|slurp|headless|phantomjs|lighthouse|puppeteer|playwright"
              + "|selenium|monitoring|uptime|pingdom|facebookexternalhit|preview",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern HARMONY =
      Pattern.compile("(?:OpenHarmony|HarmonyOS)(?: ([0-9.]+))?");

  private static final Pattern CHINESE_APP =
      Pattern.compile("(MicroMessenger|AlipayClient|DingTalk|ArkWeb)/(\\d+(?:\\.\\d+){0,2})");

  private static final Pattern TELEVISION =
      Pattern.compile("smart-?tv|\\btv\\b|appletv|crkey|hbbtv", Pattern.CASE_INSENSITIVE);

  private static final Set<String> DESKTOPS =
      Set.of("Windows", "Mac OS X", "Linux", "Ubuntu", "Fedora", "Debian", "Chrome OS", "UOS");

  private final Parser parser = new Parser();
  private final AgentCache cache = new AgentCache(ROOM, READINGS, this::read);

  @Override
  public Device of(String userAgent) {
    return userAgent.length() > LONGEST ? Device.UNKNOWN : cache.of(userAgent);
  }

  private Device read(String agent) {
    try {
      Client client = parser.parse(agent);
      boolean bot = client.device.family.equals(SPIDER) || BOT.matcher(agent).find();
      Named os = os(agent, client);
      Named browser = browser(agent, client);
      String type = bot ? "" : type(agent, client.device.family, os.name());
      return new Device(os.name(), os.version(), browser.name(), browser.version(), type, bot);
    } catch (RuntimeException | StackOverflowError failure) {
      LOG.debug("A user agent could not be read", failure);
      return Device.UNKNOWN;
    }
  }

  private record Named(String name, String version) {}

  private static Named os(String agent, Client client) {
    Matcher harmony = HARMONY.matcher(agent);
    if (harmony.find()) {
      String version = harmony.group(1);
      return new Named("HarmonyOS", version == null ? "" : version);
    }
    return named(client.os.family, client.os.major, client.os.minor, client.os.patch);
  }

  private static Named browser(String agent, Client client) {
    Matcher app = CHINESE_APP.matcher(agent);
    if (app.find()) {
      return new Named(appName(app.group(1)), app.group(2));
    }
    return named(
        client.userAgent.family,
        client.userAgent.major,
        client.userAgent.minor,
        client.userAgent.patch);
  }

  private static String appName(String token) {
    return switch (token) {
      case "MicroMessenger" -> "WeChat";
      case "AlipayClient" -> "Alipay";
      default -> token;
    };
  }

  private static Named named(@Nullable String family, @Nullable String... numbers) {
    if (family == null || family.equals(OTHER)) {
      return new Named("", "");
    }
    String version =
        Stream.of(numbers)
            .takeWhile(number -> number != null && !number.isEmpty())
            .collect(Collectors.joining("."));
    return new Named(family, version);
  }

  private static String type(String agent, String device, String os) {
    if (os.isEmpty()) {
      return "";
    }
    if (TELEVISION.matcher(agent).find()) {
      return "tv";
    }
    if (device.startsWith("iPad") || agent.contains("Tablet")) {
      return "tablet";
    }
    if (DESKTOPS.contains(os)) {
      return "desktop";
    }
    boolean small = agent.contains("Mobi") || agent.contains("(Phone");
    return small ? "mobile" : os.equals("Android") || os.equals("HarmonyOS") ? "tablet" : "";
  }
}
