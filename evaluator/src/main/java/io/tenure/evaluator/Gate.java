package io.tenure.evaluator;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What a unit has to pass before it is dealt to a variant. */
public sealed interface Gate {

  /** Name for people: of the layer or hold-out. */
  String name();

  /** The dealing that decides. */
  Dealing dealing();

  /**
   * The part of a layer that a split owns. Splits that own different parts never share a unit.
   *
   * @param place the part
   */
  record Layer(String name, Place place) implements Gate {
    @Override
    public Dealing dealing() {
      return place.dealing();
    }
  }

  /**
   * Units that are kept out of many splits, to see what all of these do together.
   *
   * @param place the units held out
   */
  record Holdout(String name, Place place) implements Gate {
    @Override
    public Dealing dealing() {
      return place.dealing();
    }
  }

  /**
   * The share of units that takes part, which may grow in stages. Whoever is in stays in as long as
   * no stage is smaller than the one before.
   *
   * @param stages by time
   */
  record Enrolment(Dealing dealing, List<Stage> stages) implements Gate {

    /** Orders the stages; before the first nobody takes part. */
    public Enrolment {
      stages = stages.stream().sorted(Comparator.comparing(Stage::from)).toList();
    }

    /** A share that stays as it is. */
    public static Enrolment of(Dealing dealing, int share) {
      return new Enrolment(
          dealing, List.of(new Stage(Instant.MIN, Shares.first(share, dealing.buckets()))));
    }

    @Override
    public String name() {
      return "";
    }
  }

  /**
   * A stage of an enrolment.
   *
   * @param from when it begins
   * @param enrolled who takes part
   */
  record Stage(Instant from, Stretch enrolled) {}
}
