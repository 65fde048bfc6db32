package io.tenure.flagimport;

/**
 * Reads the flags of other systems as flags of ours that decide the same for everybody, so that
 * whoever moves here starts no experiment anew. Pure: nothing is fetched, nothing is stored.
 *
 * <p>The same means: a subject whose attributes are those the peer was given, under the same names
 * and of the same types, whose ids are the text of the attributes that {@link UnitTypes} names and
 * never empty, and that fulfils the {@link Premise}s, gets the same value at the same time.
 */
public final class FlagImport {

  private final UnitTypes types;

  /** Imports with the usual names of ids. */
  public FlagImport() {
    this(UnitTypes.USUAL);
  }

  /** Imports with other names of ids. */
  public FlagImport(UnitTypes types) {
    this.types = types;
  }

  /**
   * The features of a GrowthBook SDK payload.
   *
   * @throws MalformedImportException when it is no such payload, or encrypted
   */
  public Imported growthBook(String payload) {
    return GrowthBookPayload.translate(Json.document(payload), new Units(types));
  }

  /**
   * The features that Unleash's client API answers.
   *
   * @throws MalformedImportException when it is no such answer
   */
  public Imported unleash(String features) {
    return UnleashFeatures.translate(Json.document(features), new Units(types));
  }

  /**
   * The flags of a flagd definition.
   *
   * @param fractions how the providers in use deal
   * @throws MalformedImportException when it is no such definition
   */
  public Imported flagd(String definition, FlagdFractions fractions) {
    return FlagdDefinition.translate(Json.document(definition), new Units(types), fractions);
  }

  /**
   * The flags of Eppo's universal flag configuration. The subject key goes by the name {@code id},
   * as it does in Eppo's own conditions.
   *
   * @throws MalformedImportException when it is no such configuration
   */
  public Imported eppo(String configuration) {
    return EppoConfiguration.translate(Json.document(configuration), new Units(types));
  }
}
