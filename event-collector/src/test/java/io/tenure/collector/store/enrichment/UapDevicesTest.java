package io.tenure.collector.store.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.enrichment.Device;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents of the wild say. */
final class UapDevicesTest {

  private static final UapDevices DEVICES = new UapDevices();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/126.0.0.0 Safari/537.36 | Windows | 10 | Chrome | 126.0.0 | desktop",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Version/17.4 Safari/605.1.15 | Mac OS X | 10.15.7 | Safari | 17.4 | desktop",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) Version/17.4 Mobile/15E148 Safari/604.1 | iOS | 17.4.1 | Mobile Safari |"
            + " 17.4 | mobile",
        "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            + " Version/16.6 Mobile/15E148 Safari/604.1 | iOS | 16.6 | Mobile Safari | 16.6 |"
            + " tablet",
        "Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/125.0.6422.53 Mobile Safari/537.36 | Android | 14 | Chrome Mobile |"
            + " 125.0.6422 | mobile",
        "Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/125.0.0.0 Safari/537.36 | Android | 13 | Chrome | 125.0.0 | tablet",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) Mobile/15E148 MicroMessenger/8.0.47(0x18002f2c) NetType/WIFI | iOS | 16.0 |"
            + " WeChat | 8.0.47 | mobile",
        "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile | HarmonyOS | 5.0 | ArkWeb |"
            + " 4.1.6 | mobile",
        "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/90.0.4430.91 Mobile Safari/537.36 | Android | 9 | Chrome Mobile |"
            + " 90.0.4430 | mobile",
      })
  void readsBrowsers(
      String agent, String os, String osVersion, String browser, String version, String type) {
    assertThat(DEVICES.of(agent))
        .isEqualTo(new Device(os, osVersion, browser, version, type, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile"
            + " Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " HeadlessChrome/120.0.0.0 Safari/537.36",
        "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)"
      })
  void marksBots(String agent) {
    assertThat(DEVICES.of(agent)).returns(true, Device::bot).returns("", Device::type);
  }

  @Test
  void saysNothingOfWhatItDoesNotKnow() {
    assertThat(DEVICES.of("SensorsAnalytics iOS SDK")).isEqualTo(Device.UNKNOWN);
    assertThat(DEVICES.of("\u0000\ud800 ((((")).isEqualTo(Device.UNKNOWN);
    assertThat(DEVICES.of("Mozilla/5.0 (Windows NT 10.0) ".repeat(20))).isEqualTo(Device.UNKNOWN);
  }

  @Test
  void remembersNoMoreThanItHasRoomFor() {
    int[] asked = {0};
    AgentCache cache =
        new AgentCache(
            10,
            1,
            agent -> {
              asked[0]++;
              return Device.UNKNOWN;
            });
    for (int i = 0; i < 1000; i++) {
      cache.of("often");
      cache.of("agent " + i);
    }

    assertThat(asked[0]).isEqualTo(1001);
    assertThat(cache.size()).isBetween(10, 20);
  }

  @Test
  void keepsNobodyWaiting() {
    Device known = new Device("iOS", "", "", "", "", false);
    List<AgentCache> caches = new ArrayList<>();
    List<Device> meanwhile = new ArrayList<>();
    caches.add(
        new AgentCache(
            10,
            1,
            agent -> {
              if (agent.equals("slow")) {
                meanwhile.add(caches.getFirst().of("other"));
              }
              return known;
            }));

    assertThat(caches.getFirst().of("slow")).isEqualTo(known);
    assertThat(meanwhile).containsExactly(Device.UNKNOWN);
    assertThat(caches.getFirst().of("other")).isEqualTo(known);
  }
}
