package io.tenure.collector.domain.enrichment;

/** How much of a sender's address becomes {@code $ip}. */
public enum KeptAddress {
  /** The network: the first 24 bits of an IPv4 address, the first 48 of an IPv6 address. */
  TRUNCATED,
  /** All of it. */
  FULL,
  /** Nothing. */
  NONE
}
