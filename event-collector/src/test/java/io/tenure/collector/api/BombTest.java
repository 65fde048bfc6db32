package io.tenure.collector.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tenure.collector.domain.Records;
import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Little data that unpack to a lot: refused while unpacking, with memory for the limit only. */
final class BombTest {

  private static final int MEGABYTE = 1 << 20;
  private static final int INFLATED = 8 * MEGABYTE;

  /** Ten megabytes that are ten gigabytes. */
  private static final byte[] BOMB = repeated(SensorsForms.gzip(new byte[100 * MEGABYTE]), 100);

  @Test
  void refusesTenGigabytesWithoutUnpackingThem() {
    Bodies bodies = new Bodies(16 * MEGABYTE, INFLATED, 128L * MEGABYTE);

    long used = allocated(() -> unpack(bodies, new ByteArrayInputStream(BOMB)), BodyTooLarge.class);

    assertThat(BOMB.length).isBetween(9 * MEGABYTE, 12 * MEGABYTE);
    assertThat(used).isLessThan(100L * MEGABYTE);
  }

  @Test
  void refusesWhatIsTooLargeAsSentWithoutReadingOn() {
    Bodies bodies = new Bodies(MEGABYTE, INFLATED, 128L * MEGABYTE);
    ByteArrayInputStream in = new ByteArrayInputStream(BOMB);

    assertThatThrownBy(() -> unpack(bodies, in)).isInstanceOf(BodyTooLarge.class);

    assertThat(BOMB.length - in.available()).isLessThanOrEqualTo(MEGABYTE + 1);
  }

  @Test
  void refusesABombInsideAPackedBody() {
    byte[] inner = SensorsForms.gzip(new byte[100 * MEGABYTE]);
    String form = "gzip=1&data=" + SensorsForms.escaped(Base64.getEncoder().encodeToString(inner));
    byte[] outer = SensorsForms.gzip(form.getBytes(ISO_8859_1));
    Bodies bodies = new Bodies(MEGABYTE, INFLATED, 128L * MEGABYTE);

    long used = allocated(() -> decode(bodies, outer), BodyTooLarge.class);

    assertThat(outer.length).isLessThan(MEGABYTE);
    assertThat(used).isLessThan(64L * MEGABYTE);
  }

  @Test
  void givesTheRoomBackAfterARefusal() throws IOException {
    Bodies bodies = new Bodies(16 * MEGABYTE, INFLATED, 40L * MEGABYTE);
    for (int round = 0; round < 5; round++) {
      assertThatThrownBy(() -> unpack(bodies, new ByteArrayInputStream(BOMB)))
          .isInstanceOf(BodyTooLarge.class);
    }

    try (Bodies.Body body = bodies.read(new ByteArrayInputStream(new byte[1]))) {
      assertThat(body.content()).hasSize(1);
    }
  }

  private static void decode(Bodies bodies, byte[] packed) throws IOException {
    try (Bodies.Body body = bodies.read(new ByteArrayInputStream(packed))) {
      body.unpack();
      new SensorsDecoder(new Arrival(Records.BANK, Records.NOON))
          .decode(FormFields.parse(body.content()), body::inflate);
    }
  }

  private static void unpack(Bodies bodies, InputStream in) throws IOException {
    try (Bodies.Body body = bodies.read(in)) {
      body.unpack();
    }
  }

  /** Bytes this thread allocated while something was refused. */
  private static long allocated(ThrowingCallable action, Class<? extends Throwable> refusal) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(action).isInstanceOf(refusal);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static byte[] repeated(byte[] part, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
