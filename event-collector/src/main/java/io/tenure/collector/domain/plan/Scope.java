package io.tenure.collector.domain.plan;

/** What a name stands for; the same name may mean different things in different scopes. */
public enum Scope {
  /** An event. */
  EVENT,
  /** A property of events, the same in all of them. */
  PROPERTY,
  /** A trait of users. */
  TRAIT,
  /** A property of items of one type; its name is that of {@link ItemNames}. */
  ITEM
}
