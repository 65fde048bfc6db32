package io.tenure.collector.domain.plan;

/** How sensitive a value is, after JR/T 0171. */
public enum DataClass {
  /** Of use inside the institution only. */
  C1,
  /** Tells who somebody is or what they own. */
  C2,
  /** Lets its holder act as the user; never kept. */
  C3
}
