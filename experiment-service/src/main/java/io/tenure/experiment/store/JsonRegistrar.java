package io.tenure.experiment.store;

import io.tenure.evaluator.Variant;
import io.tenure.experiment.domain.experiment.Design;
import io.tenure.experiment.domain.experiment.Registrar;
import java.util.List;

/** Registers designs in the form in which they are kept. */
public final class JsonRegistrar implements Registrar {

  @Override
  public String register(String key, int phase, Design design, List<Variant> variants) {
    return DefinitionJson.register(key, phase, design, variants);
  }

  @Override
  public Design read(String registration) {
    return DefinitionJson.registered(registration);
  }
}
