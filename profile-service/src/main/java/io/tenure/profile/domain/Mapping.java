package io.tenure.profile.domain;

import io.tenure.profile.domain.Resolution.Place;
import io.tenure.profile.domain.identity.Rule;
import java.util.List;

/**
 * What a record decided about its ids by the plan ID_MAPPING.
 *
 * @param lead the id whose user the record is about: the one of the highest priority
 * @param second the id of the next priority; empty for none
 * @param rulings about ids of the record
 * @param losses ids that left their user, of the record or not
 */
public record Mapping(String lead, String second, List<Ruling> rulings, List<Loss> losses) {

  /** Of a record that decided nothing. */
  public static final Mapping NOTHING = new Mapping("", "", List.of(), List.of());

  /** Keeps its own copies. */
  public Mapping {
    rulings = List.copyOf(rulings);
    losses = List.copyOf(losses);
  }

  /** The id a decision about another was weighed against. */
  String against(KeyedId id) {
    return id.text().equals(lead) ? second : lead;
  }

  /**
   * About one id.
   *
   * @param owner whose it is from there on; 0 for nobody's
   * @param other whom the record is about when the id stayed as it was; else 0
   */
  public record Ruling(KeyedId id, Rule rule, long owner, long other) {

    /** Whether the id became the owner's here. */
    boolean gives() {
      return rule == Rule.NEW_USER || rule == Rule.JOINED || rule == Rule.FOLLOWED_PARENT;
    }
  }

  /**
   * An id leaves a user.
   *
   * @param from the user
   * @param places up to where records of each log are still about that user; the record's own first
   */
  public record Loss(KeyedId id, Rule rule, long from, List<Place> places) {

    /** Keeps its own copy. */
    public Loss {
      places = List.copyOf(places);
    }
  }
}
