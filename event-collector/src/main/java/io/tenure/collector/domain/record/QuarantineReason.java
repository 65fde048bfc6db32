package io.tenure.collector.domain.record;

/** Why a record is kept aside. A closed list, because people filter, repair and alert by it. */
public enum QuarantineReason {
  /** The body is not what its protocol says: not base64, not gzip, not JSON. */
  MALFORMED_BODY,
  /** A batch with more bytes or records than its protocol allows. */
  BATCH_TOO_LARGE,
  /** The checksum sent along does not match the body. */
  CRC_MISMATCH,
  /** Encrypted for a key the project doesn't have. */
  KEY_UNKNOWN,
  /** Encrypted, and the key doesn't open it. */
  DECRYPTION_FAILED,
  /** An element of the batch is not a JSON object. */
  NOT_AN_OBJECT,
  /** A key occurs twice in one object, so its value is ambiguous. */
  DUPLICATE_KEY,
  /** Nested deeper than the limit. */
  NESTED_TOO_DEEP,
  /** A text is not valid Unicode. */
  TEXT_INVALID,
  /** A number too large or too long to be stored exactly. */
  NUMBER_OUT_OF_RANGE,
  /** The record is larger than one event may be. */
  RECORD_TOO_LARGE,
  /** The record names another project than its key. */
  PROJECT_MISMATCH,
  /** The record is in a project that only the platform itself writes to. */
  PROJECT_RESERVED,
  /** No such record type. */
  TYPE_UNKNOWN,
  /** A field has the wrong type. */
  FIELD_INVALID,
  /** The event name breaks the naming rule. */
  EVENT_NAME_INVALID,
  /** A property name breaks the naming rule. */
  PROPERTY_NAME_INVALID,
  /** More properties than the limit. */
  TOO_MANY_PROPERTIES,
  /** A property value longer than the limit. */
  VALUE_TOO_LONG,
  /** The time is missing or can't be read. */
  TIME_INVALID,
  /** The time is too far in the past. */
  TIME_TOO_OLD,
  /** The time is in the future. */
  TIME_IN_FUTURE,
  /** No login id and no device id. */
  IDENTITY_MISSING,
  /** An id longer than the limit, or more ids than the limit. */
  IDENTITY_TOO_LONG,
  /** An id under a key the identity plan does not declare. */
  IDENTITY_UNDECLARED,
  /** Accepted, but profile-service refuses it for good. */
  DELIVERY_REFUSED,
  /** An enforced tracking plan has no such event. */
  UNPLANNED_EVENT,
  /** An enforced tracking plan has no items of this type. */
  UNPLANNED_ITEM,
  /** An enforced tracking plan has no such property or trait. */
  UNPLANNED_PROPERTY,
  /** A property the tracking plan requires is absent. */
  REQUIRED_MISSING,
  /** A value is not of the type its name has by the plan or by its first value. */
  TYPE_CONFLICT,
  /** The project has as many different names as it may. */
  CATALOGUE_FULL
}
