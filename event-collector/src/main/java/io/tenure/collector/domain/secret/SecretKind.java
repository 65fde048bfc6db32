package io.tenure.collector.domain.secret;

/** What a name says that its value is. */
enum SecretKind {
  /** Nothing of interest. */
  NONE,
  /** A password, in whatever form. */
  PASSWORD,
  /** The verification value of a card. */
  CARD_CODE,
  /** Completes an authentication, if there is a card number beside it. */
  CODE,
  /** A short number that opens something. */
  PIN,
  /** Magnetic-track data. */
  TRACK,
  /** A template that proves who somebody is. */
  BIOMETRIC
}
