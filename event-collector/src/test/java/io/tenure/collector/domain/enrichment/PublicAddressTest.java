package io.tenure.collector.domain.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose an address is and how much of it is kept. */
final class PublicAddressTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.77, 203.0.113.77, 203.0.113.0",
    "::ffff:203.0.113.77, 203.0.113.77, 203.0.113.0",
    "2001:DB8:1:2:0:0:0:3, 2001:db8:1:2::3, 2001:db8:1::",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1, 2001:db8::",
    "2001:0:0:1::, 2001:0:0:1::, 2001::",
    "1:2:3:4:5:6:0:8, 1:2:3:4:5:6:0:8, 1:2:3::"
  })
  void keepsTheNetworkOrAllOfIt(String sent, String full, String truncated) {
    PublicAddress address = PublicAddress.of(sent).orElseThrow();

    assertThat(address.text(KeptAddress.FULL)).isEqualTo(full);
    assertThat(address.text(KeptAddress.TRUNCATED)).isEqualTo(truncated);
    assertThat(address.text(KeptAddress.NONE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.1.1",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "localhost",
        "example.com",
        "203.0.113.7, 10.0.0.1",
        "203.0.113.7:443",
        "203.0.113.777"
      })
  void isNobodysWhenItIsPrivateOrUnreadable(String sent) {
    assertThat(PublicAddress.of(sent)).isEmpty();
  }
}
