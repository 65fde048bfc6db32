package io.tenure.platform.embedded.clickhouse;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * An answer on its way to the network. Nothing is sent until a buffer is full or the answer ends,
 * so a statement that fails early can still get its own status; after that it goes out in chunks,
 * each awaited, so that a slow reader holds the statement back instead of filling memory.
 */
final class ResponseBody extends OutputStream {

  private static final int CHUNK = 128 * 1024;

  private final Channel channel;
  private final HttpHeaders headers;
  private final boolean keepAlive;
  private final boolean bodiless;
  private final byte[] buffer = new byte[CHUNK];
  private int length;
  private HttpResponseStatus status = HttpResponseStatus.OK;
  private boolean started;
  private boolean finished;

  ResponseBody(Channel channel, HttpHeaders headers, boolean keepAlive, boolean bodiless) {
    this.channel = channel;
    this.headers = headers;
    this.keepAlive = keepAlive;
    this.bodiless = bodiless;
  }

  HttpHeaders headers() {
    return headers;
  }

  /** True once the status and headers have left. */
  boolean isStarted() {
    return started;
  }

  /**
   * Forgets what was written so far and answers with another status instead; only before it is
   * started.
   */
  void restart(int newStatus) {
    status = HttpResponseStatus.valueOf(newStatus);
    length = 0;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int written = 0;
    while (written < count) {
      if (length == CHUNK) {
        sendChunk();
      }
      int part = Math.min(count - written, CHUNK - length);
      System.arraycopy(bytes, offset + written, buffer, length, part);
      length += part;
      written += part;
    }
  }

  /** Ends the answer; the connection stays open for the next request if the client wants that. */
  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    ChannelFuture last;
    if (started) {
      sendChunk();
      last = channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    } else {
      started = true;
      last = channel.writeAndFlush(whole());
    }
    if (!keepAlive) {
      last.addListener(ChannelFutureListener.CLOSE);
    }
    await(last);
  }

  /** Breaks the answer off, so that the client cannot take it for a whole one. */
  void breakOff() throws IOException {
    finished = true;
    if (started) {
      sendChunk();
    }
    channel.close();
  }

  private HttpResponse whole() {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            status,
            bodiless
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.wrappedBuffer(Arrays.copyOf(buffer, length)));
    response.headers().set(headers).set(HttpHeaderNames.CONTENT_LENGTH, length);
    return withConnection(response);
  }

  private void sendChunk() throws IOException {
    if (!started) {
      started = true;
      HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
      response
          .headers()
          .set(headers)
          .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      channel.write(withConnection(response));
    }
    if (length > 0) {
      await(
          channel.writeAndFlush(
              new DefaultHttpContent(Unpooled.wrappedBuffer(Arrays.copyOf(buffer, length)))));
      length = 0;
    }
  }

  private HttpResponse withConnection(HttpResponse response) {
    response
        .headers()
        .set(
            HttpHeaderNames.CONNECTION,
            keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    return response;
  }

  private static void await(ChannelFuture future) throws IOException {
    future.awaitUninterruptibly();
    if (!future.isSuccess()) {
      throw new IOException("the client went away before the answer ended", future.cause());
    }
  }
}
