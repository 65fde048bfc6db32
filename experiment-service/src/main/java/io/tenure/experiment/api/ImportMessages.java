package io.tenure.experiment.api;

import io.tenure.experiment.domain.flag.FlagImports;
import io.tenure.flagimport.FlagImport;
import io.tenure.flagimport.FlagdFractions;
import io.tenure.flagimport.Imported;
import io.tenure.flagimport.Kind;
import io.tenure.flagimport.MalformedImportException;
import io.tenure.flagimport.Premise;
import io.tenure.flagimport.Refusal;
import io.tenure.flagimport.UnitTypes;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.evaluator.v1.UnitType;
import io.tenure.proto.experiment.v1.ImportFlagsRequest;
import io.tenure.proto.experiment.v1.ImportFlagsResponse;
import java.util.Locale;
import java.util.Map;

/** Imports of other systems' flags, from and to their messages. */
final class ImportMessages {

  private static final int LONGEST_DOCUMENT = 4 << 20;

  private ImportMessages() {}

  /**
   * What a document says.
   *
   * @throws Failure INVALID_ARGUMENT when it cannot be read
   */
  static Imported read(ImportFlagsRequest request) {
    if (request.getDocument().length() > LONGEST_DOCUMENT) {
      throw Failure.invalid("document", "at most 4 MiB");
    }
    UnitTypes types = UnitTypes.USUAL;
    for (Map.Entry<String, UnitType> entry : request.getUnitTypesMap().entrySet()) {
      types = types.with(entry.getKey(), SplitMessages.unit("unit_types", entry.getValue()));
    }
    FlagImport reader = new FlagImport(types);
    String document = request.getDocument();
    try {
      return switch (request.getFormat()) {
        case IMPORT_FORMAT_GROWTHBOOK -> reader.growthBook(document);
        case IMPORT_FORMAT_UNLEASH -> reader.unleash(document);
        case IMPORT_FORMAT_FLAGD -> reader.flagd(document, FlagdFractions.WEIGHTS);
        case IMPORT_FORMAT_EPPO -> reader.eppo(document);
        case IMPORT_FORMAT_UNSPECIFIED -> throw Failure.invalid("format", "is required");
        case UNRECOGNIZED -> throw Failure.invalid("format", "is not known");
      };
    } catch (MalformedImportException malformed) {
      throw Failure.invalid("document", String.valueOf(malformed.getMessage()));
    }
  }

  static ImportFlagsResponse write(FlagImports.Result result) {
    ImportFlagsResponse.Builder message =
        ImportFlagsResponse.newBuilder()
            .addAllFlags(result.flags().stream().map(FlagMessages::write).toList());
    for (Premise premise : result.premises()) {
      message
          .addPremisesBuilder()
          .setFlagKey(premise.flag())
          .addAllAttributes(premise.attributes())
          .addAllKinds(premise.kinds().stream().map(ImportMessages::word).sorted().toList());
    }
    for (Refusal refusal : result.refusals()) {
      message
          .addRefusalsBuilder()
          .setFlagKey(refusal.flag())
          .setPath(refusal.path())
          .setReason(refusal.reason());
    }
    return message.build();
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
