package io.tenure.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-alive HTTP connection with at most one request under way, never blocking. */
final class Connection implements AutoCloseable {

  private final SocketChannel channel;
  private final SelectionKey key;
  private ByteBuffer in = ByteBuffer.allocate(16 * 1024);
  private ByteBuffer out = ByteBuffer.allocate(0);
  private long due;
  private boolean last;

  Connection(InetSocketAddress target, Selector selector) throws IOException {
    this.channel = SocketChannel.open(target);
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  /**
   * Sends a request.
   *
   * @param due when it was to be sent: the beginning of its latency
   */
  void send(byte[] request, long due) throws IOException {
    this.due = due;
    in.clear();
    out = ByteBuffer.wrap(request);
    write();
  }

  long due() {
    return due;
  }

  void write() throws IOException {
    channel.write(out);
    key.interestOps(
        out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /** The status of the reply, or 0 while it is not complete. */
  int read() throws IOException {
    if (channel.read(in) < 0) {
      throw new EOFException("The server closed the connection");
    }
    if (!in.hasRemaining()) {
      in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
    }
    String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return 0;
    }
    String head = text.substring(0, end).toLowerCase(Locale.ROOT);
    boolean complete =
        head.contains("transfer-encoding: chunked")
            ? text.endsWith("0\r\n\r\n") && text.length() > end + 4
            : text.length() >= end + 4 + contentLength(head);
    last = head.contains("connection: close");
    return complete ? Integer.parseInt(text.substring(9, 12)) : 0;
  }

  /** Whether the server takes no further request here. */
  boolean isLast() {
    return last;
  }

  private static int contentLength(String head) {
    int at = head.indexOf("content-length:");
    if (at < 0) {
      return 0;
    }
    int end = head.indexOf('\r', at);
    return Integer.parseInt(head.substring(at + 15, end < 0 ? head.length() : end).strip());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
