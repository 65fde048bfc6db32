package io.tenure.experiment.domain.experiment;

import io.tenure.evaluator.Variant;
import java.util.List;

/** Writes down what an experiment is to be, in a form that can be hashed and compared. */
public interface Registrar {

  /**
   * The registration of a design.
   *
   * @param variants the variants as their values are when it starts
   * @return canonical JSON: fields in alphabetic order, no spaces
   */
  String register(String key, int phase, Design design, List<Variant> variants);

  /** The design of a registration: what was registered is what is judged. */
  Design read(String registration);
}
