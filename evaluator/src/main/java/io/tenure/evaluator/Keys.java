package io.tenure.evaluator;

import com.dynatrace.hash4j.hashing.ByteAccess;
import com.dynatrace.hash4j.hashing.Hasher32;
import java.nio.charset.StandardCharsets;

/**
 * Hashes a salt followed by a unit without writing them one behind the other first: most units are
 * ASCII, whose characters are their bytes.
 */
final class Keys {

  private static final int ASCII = 0x80;
  private static final Bytes BYTES = new Bytes();

  private Keys() {}

  private record Key(byte[] salt, String unit) {}

  /** The hash of the UTF-8 bytes, as an unsigned number. */
  static long hash(Hasher32 hasher, byte[] salt, String unit) {
    int hash =
        isAscii(unit)
            ? hasher.hashBytesToInt(
                new Key(salt, unit), 0L, (long) salt.length + unit.length(), BYTES)
            : hasher.hashBytesToInt(joined(salt, unit.getBytes(StandardCharsets.UTF_8)));
    return Integer.toUnsignedLong(hash);
  }

  private static boolean isAscii(String text) {
    for (int index = 0; index < text.length(); index++) {
      if (text.charAt(index) >= ASCII) {
        return false;
      }
    }
    return true;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] bytes = new byte[first.length + second.length];
    System.arraycopy(first, 0, bytes, 0, first.length);
    System.arraycopy(second, 0, bytes, first.length, second.length);
    return bytes;
  }

  private static final class Bytes implements ByteAccess<Key> {

    @Override
    public byte getByte(Key key, long index) {
      int position = (int) index;
      return position < key.salt.length
          ? key.salt[position]
          : (byte) key.unit.charAt(position - key.salt.length);
    }
  }
}
