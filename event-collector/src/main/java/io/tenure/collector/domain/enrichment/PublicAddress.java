package io.tenure.collector.domain.enrichment;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** An IP address that is somebody's on the internet. Names are never looked up. */
record PublicAddress(InetAddress address) {

  private static final int LONGEST = 45;
  private static final int GROUPS = 8;

  /** Empty for private, local and unreadable addresses. */
  static Optional<PublicAddress> of(String text) {
    if (text.isEmpty() || text.length() > LONGEST || text.indexOf('%') >= 0) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      return isPublic(address) ? Optional.of(new PublicAddress(address)) : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** As it is kept; empty when it is not. */
  String text(KeptAddress kept) {
    return switch (kept) {
      case FULL -> text(address);
      case TRUNCATED -> text(truncated());
      case NONE -> "";
    };
  }

  private InetAddress truncated() {
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, address instanceof Inet4Address ? 3 : 6, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException wrongLength) {
      throw new IllegalStateException(wrongLength);
    }
  }

  private static boolean isPublic(InetAddress address) {
    boolean reserved =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    return !reserved
        && (address instanceof Inet4Address
            // This network, shared by customers of a carrier, and never assigned.
            ? first != 0 && !(first == 100 && second >= 64 && second < 128) && first < 240
            // Unique local.
            : (first & 0xfe) != 0xfc);
  }

  /** IPv6 in its canonical form (RFC 5952): the longest run of zeros is left out. */
  private static String text(InetAddress address) {
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    String[] groups = address.getHostAddress().split(":", -1);
    int from = 0;
    int to = 0;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end].equals("0")) {
        end++;
      }
      if (end - i > to - from) {
        from = i;
        to = end;
      }
    }
    return to - from < 2
        ? String.join(":", groups)
        : String.join(":", Arrays.copyOfRange(groups, 0, from))
            + "::"
            + String.join(":", Arrays.copyOfRange(groups, to, GROUPS));
  }
}
