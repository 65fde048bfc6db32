package io.tenure.platform.embedded.clickhouse;

import com.clickhouse.data.ClickHouseCityHash;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * ClickHouse's compressed frames: a 16 byte CityHash128 checksum over the rest, then one method
 * byte, the compressed size including these nine bytes, the size it unpacks to, and an LZ4 block.
 */
final class CompressedFrames {

  private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();
  private static final int CHECKSUM = 16;
  private static final int HEADER = 9;
  private static final byte LZ4_METHOD = (byte) 0x82;
  private static final byte NO_METHOD = 0x02;
  private static final int FRAME = 64 * 1024;
  private static final int LARGEST_FRAME = 64 * 1024 * 1024;

  private CompressedFrames() {}

  /** Packs what is written into frames; {@code close} writes the last one and closes the target. */
  static OutputStream packing(OutputStream target) {
    return new Packer(target);
  }

  static InputStream unpacking(InputStream source) {
    return new Unpacker(source);
  }

  private static void putChecksum(byte[] frame, int length) {
    long[] hash = ClickHouseCityHash.cityHash128(frame, CHECKSUM, length - CHECKSUM);
    ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).putLong(0, hash[0]).putLong(8, hash[1]);
  }

  private static final class Packer extends OutputStream {

    private final LZ4Compressor compressor = LZ4.fastCompressor();
    private final OutputStream target;
    private final byte[] plain = new byte[FRAME];
    private final byte[] frame =
        new byte[CHECKSUM + HEADER + compressor.maxCompressedLength(FRAME)];
    private int length;

    Packer(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      int written = 0;
      while (written < count) {
        int part = Math.min(count - written, FRAME - length);
        System.arraycopy(bytes, offset + written, plain, length, part);
        length += part;
        written += part;
        if (length == FRAME) {
          writeFrame();
        }
      }
    }

    @Override
    public void flush() throws IOException {
      if (length > 0) {
        writeFrame();
      }
    }

    @Override
    public void close() throws IOException {
      flush();
      target.close();
    }

    private void writeFrame() throws IOException {
      int packed = compressor.compress(plain, 0, length, frame, CHECKSUM + HEADER);
      ByteBuffer.wrap(frame)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put(CHECKSUM, LZ4_METHOD)
          .putInt(CHECKSUM + 1, packed + HEADER)
          .putInt(CHECKSUM + 5, length);
      int total = CHECKSUM + HEADER + packed;
      putChecksum(frame, total);
      target.write(frame, 0, total);
      length = 0;
    }
  }

  private static final class Unpacker extends InputStream {

    private final LZ4SafeDecompressor decompressor = LZ4.safeDecompressor();
    private final InputStream source;
    private ByteBuffer plain = ByteBuffer.allocate(0);

    Unpacker(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      return plain.hasRemaining() || readFrame() ? plain.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      if (!plain.hasRemaining() && !readFrame()) {
        return -1;
      }
      int part = Math.min(count, plain.remaining());
      plain.get(target, offset, part);
      return part;
    }

    private boolean readFrame() throws IOException {
      byte[] head = source.readNBytes(CHECKSUM + HEADER);
      if (head.length == 0) {
        return false;
      }
      if (head.length < CHECKSUM + HEADER) {
        throw new EOFException("the body ends inside a compressed frame");
      }
      ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
      int packed = header.getInt(CHECKSUM + 1) - HEADER;
      int unpacked = header.getInt(CHECKSUM + 5);
      if (packed < 0 || packed > LARGEST_FRAME || unpacked <= 0 || unpacked > LARGEST_FRAME) {
        throw broken("impossible sizes");
      }
      byte[] frame = new byte[CHECKSUM + HEADER + packed];
      System.arraycopy(head, 0, frame, 0, head.length);
      if (source.readNBytes(frame, head.length, packed) < packed) {
        throw new EOFException("the body ends inside a compressed frame");
      }
      long[] hash = ClickHouseCityHash.cityHash128(frame, CHECKSUM, frame.length - CHECKSUM);
      if (hash[0] != header.getLong(0) || hash[1] != header.getLong(8)) {
        throw broken("checksum does not match");
      }
      plain = ByteBuffer.wrap(unpack(frame, header.get(CHECKSUM), unpacked));
      return true;
    }

    private byte[] unpack(byte[] frame, byte method, int unpacked) {
      byte[] result = new byte[unpacked];
      if (method == NO_METHOD && frame.length - CHECKSUM - HEADER == unpacked) {
        System.arraycopy(frame, CHECKSUM + HEADER, result, 0, unpacked);
        return result;
      }
      if (method != LZ4_METHOD) {
        throw broken("only LZ4 frames are understood");
      }
      try {
        int length =
            decompressor.decompress(
                frame, CHECKSUM + HEADER, frame.length - CHECKSUM - HEADER, result, 0);
        if (length != unpacked) {
          throw broken("the frame is shorter than it says");
        }
        return result;
      } catch (LZ4Exception e) {
        throw broken("not an LZ4 block");
      }
    }

    private static EngineException broken(String why) {
      return new EngineException(ErrorCode.CANNOT_DECOMPRESS, "Cannot decompress the body: " + why);
    }
  }
}
