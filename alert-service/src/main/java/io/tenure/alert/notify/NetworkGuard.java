package io.tenure.alert.notify;

import io.tenure.alert.domain.WebhookPolicy;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Keeps webhooks out of our own network. It is the HTTP client's resolver, so the address it checks
 * is the address that is connected to: a name that changes its address in between gains nothing.
 */
public final class NetworkGuard implements DnsResolver, WebhookPolicy {

  private static final int LONGEST_URL = 2000;

  private final boolean allowPrivate;

  /**
   * A guard.
   *
   * @param allowPrivate whether plain http and private addresses are allowed
   */
  public NetworkGuard(boolean allowPrivate) {
    this.allowPrivate = allowPrivate;
  }

  @Override
  public Optional<String> objection(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException malformed) {
      return Optional.of("must be a URL");
    }
    @Nullable String scheme = uri.getScheme();
    @Nullable String host = uri.getHost();
    if (scheme == null || host == null || url.length() > LONGEST_URL) {
      return Optional.of("must be a URL with a host, of at most " + LONGEST_URL + " characters");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      return Optional.of("must have neither user information nor a fragment");
    }
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "https" -> objectionToHost(host);
      case "http" -> allowPrivate ? Optional.empty() : Optional.of("must be https");
      default -> Optional.of("must be https");
    };
  }

  private Optional<String> objectionToHost(String host) {
    try {
      resolve(host);
      return Optional.empty();
    } catch (ForbiddenAddressException forbidden) {
      return Optional.of("must not lead into a private network");
    } catch (UnknownHostException unknown) {
      // The name may be set up later; every delivery asks again.
      return Optional.empty();
    }
  }

  /**
   * The addresses of a host.
   *
   * @throws ForbiddenAddressException when one of them is not public
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    for (InetAddress address : addresses) {
      if (!allowPrivate && !isPublic(address.getAddress())) {
        throw new ForbiddenAddressException(host);
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /**
   * Whether packets to an address leave for the public internet (IANA special-purpose registries).
   */
  static boolean isPublic(byte[] address) {
    int first = address[0] & 0xff;
    int second = address[1] & 0xff;
    int third = address[2] & 0xff;
    return address.length == 4
        ? isPublicV4(first, second, third)
        : isPublicV6((first << 8) | second, (third << 8) | (address[3] & 0xff));
  }

  private static boolean isPublicV4(int first, int second, int third) {
    return switch (first) {
      case 0, 10, 127 -> false;
      case 100 -> second < 64 || second > 127;
      case 169 -> second != 254;
      case 172 -> second < 16 || second > 31;
      case 192 ->
          second != 168
              && !(second == 0 && (third == 0 || third == 2))
              && !(second == 88 && third == 99);
      case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
      case 203 -> !(second == 0 && third == 113);
      default -> first < 224;
    };
  }

  /** Global unicast (2000::/3) without Teredo and its neighbours, documentation, and 6to4. */
  private static boolean isPublicV6(int first, int second) {
    return first >> 13 == 1
        && !(first == 0x2001 && (second < 0x200 || second == 0xdb8))
        && first != 0x2002
        && first != 0x3fff;
  }
}
