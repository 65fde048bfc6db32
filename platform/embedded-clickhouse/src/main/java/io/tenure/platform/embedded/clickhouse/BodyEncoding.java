package io.tenure.platform.embedded.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;

/**
 * The compressions a body may have: ClickHouse's own frames, or what HTTP's Content-Encoding names.
 */
final class BodyEncoding {

  private BodyEncoding() {}

  static InputStream decoded(StatementRequest request, InputStream body) throws IOException {
    InputStream plain =
        switch (request.contentEncoding()) {
          case "", "identity" -> body;
          case "gzip" -> new GZIPInputStream(body);
          case "lz4" -> new LZ4FrameInputStream(body);
          default ->
              throw new EngineException(
                  ErrorCode.NOT_IMPLEMENTED,
                  "The embedded engine cannot read Content-Encoding " + request.contentEncoding());
        };
    return request.decompress() ? CompressedFrames.unpacking(plain) : plain;
  }

  /** Wraps an answer as the client asked; closing the result ends the answer. */
  static OutputStream encoded(StatementRequest request, ResponseBody response) throws IOException {
    if (request.compressed()) {
      return CompressedFrames.packing(response);
    }
    if (request.acceptEncoding().contains("lz4")) {
      response.headers().set("Content-Encoding", "lz4");
      return new LZ4FrameOutputStream(response);
    }
    if (request.acceptEncoding().contains("gzip")) {
      response.headers().set("Content-Encoding", "gzip");
      return new GZIPOutputStream(response);
    }
    return response;
  }
}
