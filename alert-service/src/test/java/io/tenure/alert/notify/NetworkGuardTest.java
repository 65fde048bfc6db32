package io.tenure.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkGuardTest {

  private final NetworkGuard guard = new NetworkGuard(false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "64:ff9b::a00:1",
        "2001:db8::1",
        "2001::1",
        "2002:a00:1::1",
        "::ffff:10.0.0.1"
      })
  void refusesAddressesThatAreNotPublic(String address) throws UnknownHostException {
    assertThat(NetworkGuard.isPublic(InetAddress.getByName(address).getAddress())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "100.63.0.1",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.1.0.1",
        "198.20.0.1",
        "223.255.255.1",
        "2606:4700::1111",
        "2001:4860:4860::8888"
      })
  void allowsPublicAddresses(String address) throws UnknownHostException {
    assertThat(NetworkGuard.isPublic(InetAddress.getByName(address).getAddress())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/hook",
        "https://[::1]/hook",
        "https://localhost/hook",
        "https://2130706433/hook",
        "https://169.254.169.254/latest/meta-data",
        "http://1.1.1.1/hook",
        "ftp://1.1.1.1/hook",
        "file:///etc/passwd",
        "https://user:password@1.1.1.1/hook",
        "https:///hook",
        "not a url"
      })
  void objectsTo(String url) {
    assertThat(guard.objection(url)).isPresent();
  }

  @Test
  void acceptsPublicHttps() {
    assertThat(guard.objection("https://1.1.1.1:8443/hook?room=7")).isEmpty();
  }

  @Test
  void acceptsPrivateAddressesOnlyWhenAllowed() {
    assertThat(new NetworkGuard(true).objection("http://127.0.0.1:8080/hook")).isEmpty();
    assertThat(new NetworkGuard(true).objection("ftp://127.0.0.1/hook")).isPresent();
  }

  @Test
  void checksAgainWhenTheConnectionIsMade() {
    assertThatThrownBy(() -> guard.resolve("localhost"))
        .isInstanceOf(ForbiddenAddressException.class);
  }
}
