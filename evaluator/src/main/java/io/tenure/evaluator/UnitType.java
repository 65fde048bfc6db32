package io.tenure.evaluator;

/** What is dealt to variants as one: everything that has the same unit gets the same variant. */
public enum UnitType {
  /** A person, by login id or, before a login, by whatever stands for one. */
  USER,
  /** A device or browser. */
  DEVICE,
  /** An account or contract, which several people may use. */
  ACCOUNT,
  /** People who live or decide together. */
  HOUSEHOLD
}
