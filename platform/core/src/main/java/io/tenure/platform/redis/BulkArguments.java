package io.tenure.platform.redis;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Arguments of a command, encoded where they are added. The client's own take a buffer for each
 * argument on the thread that serves the connection; a profile has dozens of them.
 */
public final class BulkArguments extends CommandArgs<String, String> {

  private static final int ROOM = 512;

  /** Sign and digits of a length, and the line ends around the text. */
  private static final int FRAME = 16;

  private byte[] bytes = new byte[ROOM];
  private int size;
  private int count;

  /** None yet. */
  public BulkArguments() {
    super(StringCodec.UTF8);
  }

  /** One more argument. */
  public BulkArguments text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length - size < encoded.length + FRAME) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + encoded.length + FRAME));
    }
    bytes[size++] = '$';
    length(encoded.length);
    endLine();
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
    endLine();
    count++;
    return this;
  }

  private void length(int length) {
    int end = size + 1;
    for (int rest = length / 10; rest > 0; rest /= 10) {
      end++;
    }
    int place = end;
    int rest = length;
    do {
      bytes[--place] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (place > size);
    size = end;
  }

  private void endLine() {
    bytes[size++] = '\r';
    bytes[size++] = '\n';
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void encode(ByteBuf out) {
    out.writeBytes(bytes, 0, size);
  }
}
