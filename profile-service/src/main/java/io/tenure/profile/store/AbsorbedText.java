package io.tenure.profile.store;

import io.tenure.platform.json.Json;
import io.tenure.profile.domain.Absorbed;

/** A merged user as both stores keep it in the survivor's profile: JSON. */
final class AbsorbedText {

  private AbsorbedText() {}

  static String write(Absorbed user) {
    return Json.write(user);
  }

  static Absorbed read(String text) {
    return Json.MAPPER.readValue(text, Absorbed.class);
  }
}
