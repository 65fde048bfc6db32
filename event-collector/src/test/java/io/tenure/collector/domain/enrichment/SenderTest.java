package io.tenure.collector.domain.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sends, by the SDK and the agent. */
final class SenderTest {

  @ParameterizedTest
  @CsvSource({
    "js 1.26.3, Mozilla/5.0 (Windows NT 10.0), DEVICE",
    "'', Mozilla/5.0 (Windows NT 10.0), DEVICE",
    "'', Opera/9.80, DEVICE",
    "js 1.26.3, Googlebot/2.1, DEVICE",
    "iOS 4.5.1, SensorsAnalytics iOS SDK, DEVICE",
    "Android 6.7, okhttp/4.12.0, DEVICE",
    "WechatMiniProgram 1.1, '', DEVICE",
    "MiniGame 0.1, '', DEVICE",
    "analytics.js next-1.70.0, '', DEVICE",
    "RudderLabs JavaScript SDK 3.1, '', DEVICE",
    "'', '', SERVER",
    "'', okhttp/4.12.0, SERVER",
    "analytics-kotlin 1.16, analytics-kotlin/1.16, SERVER",
    "Java 3.4.0, SensorsAnalytics Java SDK 3.4.0, SERVER",
    "Java 3.4.0, Mozilla/5.0 (Windows NT 10.0), SERVER",
    "analytics-java 3.5.1, analytics-java/3.5.1, SERVER",
    "analytics-node 2.1, node-fetch/1.0, SERVER",
    "@segment/analytics-node 2.1, Mozilla/5.0, SERVER",
    "analytics-python 2.2, analytics-python/2.2, SERVER",
    "js 1.26.3, python-requests/2.31, SERVER",
    "js 1.26.3, curl/8.5.0, SERVER",
    "'', Apache-HttpClient/4.5 (Java/17), SERVER",
    "iOS, Java/21.0.1, SERVER",
    "iOS, Java-http-client/25, SERVER",
    "iOS, Go-http-client/1.1, SERVER",
    "iOS, node, SERVER",
    "iOS, SensorsAnalytics Node SDK, SERVER",
    "iOS, SensorsAnalytics Python SDK, SERVER",
    "iOS, SensorsAnalytics Go SDK, SERVER"
  })
  void isADeviceOrAServer(String library, String agent, Sender sender) {
    assertThat(Sender.of(library, agent)).isEqualTo(sender);
  }
}
