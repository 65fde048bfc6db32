package io.tenure.platform.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompressedFramesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 1_000_000})
  void whatIsPackedComesBack(int size) throws IOException {
    byte[] plain = new byte[size];
    new Random(size).nextBytes(plain);
    Arrays.fill(plain, 0, size / 2, (byte) 7);
    assertThat(unpacked(packed(plain))).isEqualTo(plain);
  }

  @Test
  void aChangedByteIsNoticed() throws IOException {
    byte[] packed = packed("some rows".repeat(100).getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < packed.length; i++) {
      byte[] changed = packed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> unpacked(changed))
          .isInstanceOfAny(EngineException.class, EOFException.class);
    }
  }

  @Test
  void aCutFrameIsNoticed() throws IOException {
    byte[] packed = packed(new byte[1_000]);
    for (int length = 1; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> unpacked(cut)).isInstanceOf(EOFException.class);
    }
  }

  private static byte[] packed(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = CompressedFrames.packing(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    return CompressedFrames.unpacking(new ByteArrayInputStream(packed)).readAllBytes();
  }
}
