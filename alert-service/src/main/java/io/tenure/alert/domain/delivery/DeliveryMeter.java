package io.tenure.alert.domain.delivery;

/** Counts what becomes of parcels. */
@FunctionalInterface
public interface DeliveryMeter {

  /** One attempt of a parcel with so many alerts. */
  void attempted(Delivery.State state, int alerts);
}
