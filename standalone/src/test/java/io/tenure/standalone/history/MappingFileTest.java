package io.tenure.standalone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenure.platform.failure.Failure;
import io.tenure.standalone.history.Mapping.Kind;
import io.tenure.standalone.history.Mapping.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MappingFileTest {

  @TempDir private Path folder;

  @Test
  void readsTheBerkaExample() {
    Mapping mapping = MappingFile.read(Path.of("../docs/examples/berka/mapping.yaml"));

    assertThat(mapping.zone()).isEqualTo(ZoneId.of("Europe/Prague"));
    assertThat(mapping.format().separator()).isEqualTo(';');
    assertThat(mapping.files())
        .extracting(Source::name)
        .containsExactly("accounts", "transactions", "standing-orders", "loans", "cards");
    Source accounts = mapping.files().getFirst();
    assertThat(accounts.time().at()).isEqualTo(LocalTime.of(9, 0));
    assertThat(accounts.traits())
        .hasEntrySatisfying(
            "owner_birth_year", field -> assertThat(field.type()).isEqualTo(Mapping.Type.NUMBER));
  }

  @Test
  void fillsInWhatIsLeftOut() throws Exception {
    Mapping mapping = read(mapping(""));

    assertThat(mapping.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(mapping.format().kind()).isEqualTo(Kind.CSV);
    assertThat(mapping.format().header()).isTrue();
    assertThat(mapping.files().getFirst().time().pattern()).isEqualTo("iso");
  }

  @Test
  void namesThePlaceOfAMistake() {
    refuses(mapping("    evnt: Oops"), "evnt");
    refuses(mapping("    where: [{value: \"{type}\"}]"), "where");
    refuses(mapping("    properties: {amount: {from: \"{amount}\", type: nmber}}"), "amount.type");
    refuses(mapping("    join: [{lookup: nowhere, key: \"{id}\"}]"), "nowhere");
    refuses(mapping("    id: \"{id\""), "brace");
    refuses("version: 2\n", "version");
    refuses("version: 1\n", "files");
    refuses("version: [\n", "line 2");
    refuses("", "empty");
  }

  private void refuses(String text, String place) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> read(text))
        .withMessageContaining(place);
  }

  private Mapping read(String text) throws Exception {
    Path file = folder.resolve("mapping.yaml");
    Files.writeString(file, text);
    return MappingFile.read(file);
  }

  private static String mapping(String more) {
    return """
    version: 1
    files:
      - name: payments
        match: "*.csv"
        user: "{user}"
        time: {from: "{when}"}
        event: Paid
    """
        + more.indent(0);
  }
}
