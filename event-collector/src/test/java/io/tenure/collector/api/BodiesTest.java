package io.tenure.collector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenure.collector.domain.dialect.MalformedBody;
import io.tenure.platform.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BodiesTest {

  private final Bodies bodies = new Bodies(100_000, 200_000, 512 * 1024);

  @Test
  void readsUpToTheLimit() throws IOException {
    try (Bodies.Body body = read(new byte[100_000], false)) {
      assertThat(body.content()).hasSize(100_000);
    }
  }

  @Test
  void stopsReadingJustBehindTheLimit() {
    AtomicLong read = new AtomicLong();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            read.incrementAndGet();
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            read.addAndGet(length);
            return length;
          }
        };

    assertThatThrownBy(() -> bodies.read(endless)).isInstanceOf(BodyTooLarge.class);
    assertThat(read).hasValue(100_001);
  }

  @Test
  void unpacksUpToTheLimit() throws IOException {
    try (Bodies.Body body = read(SensorsForms.gzip(new byte[200_000]), true)) {
      assertThat(body.content()).hasSize(200_000);
    }
    byte[] bomb = SensorsForms.gzip(new byte[50_000_000]);

    assertThatThrownBy(() -> read(bomb, true)).isInstanceOf(BodyTooLarge.class);
  }

  @Test
  void leavesABrokenPackageAsItWasSent() throws IOException {
    byte[] sent = SensorsForms.gzip(new byte[10_000]);
    sent[sent.length - 8] ^= 1;
    try (Bodies.Body body = bodies.read(new ByteArrayInputStream(sent))) {
      assertThatThrownBy(body::unpack).isInstanceOf(MalformedBody.class);
      assertThat(body.content()).isEqualTo(sent);
    }
  }

  @Test
  void givesRoomBackWhenABodyIsClosed() throws IOException {
    for (int i = 0; i < 100; i++) {
      read(new byte[100_000], false).close();
      assertThatThrownBy(() -> read(new byte[100_001], false)).isInstanceOf(BodyTooLarge.class);
    }
  }

  @Test
  void holdsOnlySoMuchForAllRequestsTogether() throws IOException {
    try (Bodies.Body first = read(new byte[100_000], false);
        Bodies.Body second = read(new byte[100_000], false);
        Bodies.Body third = read(new byte[100_000], false)) {
      assertThat(first.content().length + second.content().length + third.content().length)
          .isEqualTo(300_000);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 3; i++) {
                  read(new byte[100_000], false);
                }
              })
          .isInstanceOf(Failure.class);
    }
  }

  private Bodies.Body read(byte[] bytes, boolean gzip) throws IOException {
    Bodies.Body body = bodies.read(new ByteArrayInputStream(bytes));
    try {
      if (gzip) {
        body.unpack();
      }
      return body;
    } catch (RuntimeException refused) {
      body.close();
      throw refused;
    }
  }
}
