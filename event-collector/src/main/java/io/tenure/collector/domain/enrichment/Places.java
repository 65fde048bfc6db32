package io.tenure.collector.domain.enrichment;

import java.net.InetAddress;

/** Knows where addresses are used, from data somebody supplies and replaces now and then. */
public interface Places {

  /** Without any data. */
  Places NONE =
      new Places() {
        @Override
        public Place of(InetAddress address) {
          return Place.UNKNOWN;
        }

        @Override
        public void refresh() {}
      };

  /** Where an address is used; {@link Place#UNKNOWN} rather than a failure. */
  Place of(InetAddress address);

  /** Looks whether the data has changed. Never throws. */
  void refresh();
}
