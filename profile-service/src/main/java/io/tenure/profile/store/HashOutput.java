package io.tenure.profile.store;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to {@code HGETALL}: name and value of each field, one after the other. A map would be
 * filled on the thread that serves the connection, only to be taken apart again.
 */
final class HashOutput extends CommandOutput<String, String, List<String>> {

  HashOutput() {
    super(StringCodec.UTF8, List.of());
  }

  @Override
  public void set(ByteBuffer bytes) {
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    output.add(new String(text, StandardCharsets.UTF_8));
  }

  @Override
  public void multi(int count) {
    output = new ArrayList<>(Math.max(count, 0));
  }
}
