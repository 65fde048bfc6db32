package io.tenure.collector.api;

import static io.tenure.collector.api.SensorsForms.base64;
import static io.tenure.collector.api.SensorsForms.escaped;
import static io.tenure.collector.api.SensorsForms.gzip;
import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.MalformedBody;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.record.QuarantineReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SensorsDecoderTest {

  private static final String TWO = "[{\"event\":\">>>???>\"},{\"event\":\"b~\u007f>\"}]";
  private final Bodies bodies = new Bodies(1 << 20, 8 << 20, 64 << 20);

  @Test
  void readsPackedAndPlainLists() throws IOException {
    for (String form : List.of(SensorsForms.packed(TWO), SensorsForms.plain(TWO))) {
      assertThat(decode(form))
          .extracting(draft -> draft.fields().get("event"))
          .containsExactly(">>>???>", "b~\u007f>");
    }
  }

  @Test
  void readsASingleRecordAndKeepsItsBytes() throws IOException {
    String json = "{\"event\":\"a\"}";

    Draft draft = decode("data=" + base64(json.getBytes(UTF_8)) + "&gzip=0").getFirst();

    assertThat(new String(draft.original().bytes(), UTF_8)).isEqualTo(json);
  }

  @Test
  void takesASpaceForAnUnescapedPlus() throws IOException {
    String base64 = base64(TWO.getBytes(UTF_8));
    assertThat(base64).contains("+");

    assertThat(decode("data_list=" + base64)).hasSize(2);
  }

  @Test
  void checksBothKindsOfChecksum() throws IOException {
    String base64 = base64(TWO.getBytes(UTF_8));
    String data = "data_list=" + escaped(base64);
    int right = base64.hashCode();

    assertThat(decode("crc=" + right + "&" + data)).hasSize(2);
    assertThat(decode(data + "&ext=crc%3D" + right + ",instant_evnet=true")).hasSize(2);
    for (String wrong : List.of("crc=" + (right + 1), "ext=crc%3D" + (right + 1))) {
      Draft draft = decode(data + "&" + wrong).getFirst();
      assertThat(reason(draft)).isEqualTo(QuarantineReason.CRC_MISMATCH);
      assertThat(new String(draft.original().bytes(), UTF_8)).isEqualTo(base64);
    }
  }

  @Test
  void keepsEncryptedRecordsAside() throws IOException {
    Draft draft = decode("gzip=9&data_list=" + escaped("[{\"ekey\":\"x\"}]")).getFirst();

    assertThat(reason(draft)).isEqualTo(QuarantineReason.DECRYPTION_FAILED);
  }

  @Test
  void refusesWhatItCannotUnpack() {
    for (String form :
        List.of(
            "",
            "data=",
            "event=x",
            "data=%%%",
            "data=" + base64("not json".getBytes(UTF_8)),
            "gzip=1&data=" + base64("not gzip".getBytes(UTF_8)),
            "gzip=7&data=" + base64("{}".getBytes(UTF_8)))) {
      assertThatThrownBy(() -> decode(form)).as(form).isInstanceOf(MalformedBody.class);
    }
  }

  @Test
  void stopsUnpackingAtTheLimit() {
    String bomb = "gzip=1&data=" + escaped(base64(gzip(new byte[20 << 20])));

    assertThatThrownBy(() -> decode(bomb)).isInstanceOf(BodyTooLarge.class);
  }

  private static QuarantineReason reason(Draft draft) {
    return Objects.requireNonNull(draft.fault()).reason();
  }

  private List<Draft> decode(String form) throws IOException {
    try (Bodies.Body body = bodies.read(new ByteArrayInputStream(form.getBytes(UTF_8)))) {
      return new SensorsDecoder(new Arrival(BANK, NOON))
          .decode(FormFields.parse(body.content()), body::inflate);
    }
  }
}
