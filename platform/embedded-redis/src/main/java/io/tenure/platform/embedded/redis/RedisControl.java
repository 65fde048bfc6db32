package io.tenure.platform.embedded.redis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The few commands a server's keeper sends it, so that keeping one needs no client library. */
final class RedisControl implements AutoCloseable {

  private static final int TIMEOUT = (int) Duration.ofSeconds(5).toMillis();

  private final Socket socket = new Socket();
  private final InputStream in;

  RedisControl(int port, String password) throws IOException {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT);
      socket.setSoTimeout(TIMEOUT);
      in = new BufferedInputStream(socket.getInputStream());
      if (!password.isEmpty()) {
        ask("AUTH", password);
      }
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * True when the server has loaded its data and is the given process, not another that had the
   * port first.
   */
  boolean isReady(long pid) throws IOException {
    if (!ask("PING").equals("+PONG")) {
      return false;
    }
    String length = ask("INFO", "server");
    if (!length.startsWith("$")) {
      return false;
    }
    byte[] facts = in.readNBytes(Integer.parseInt(length.substring(1)));
    return new String(facts, StandardCharsets.UTF_8)
        .lines()
        .anyMatch(("process_id:" + pid)::equals);
  }

  /**
   * Saves everything and ends the server; there is no reply to that but the end of the connection.
   */
  void shutdown() throws IOException {
    send("SHUTDOWN", "SAVE");
    String reply = line();
    if (reply.startsWith("-")) {
      throw new IOException("Redis refused to shut down: " + reply.substring(1));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String ask(String... words) throws IOException {
    send(words);
    return line();
  }

  private void send(String... words) throws IOException {
    StringBuilder command = new StringBuilder("*").append(words.length).append("\r\n");
    for (String word : words) {
      command
          .append('$')
          .append(word.getBytes(StandardCharsets.UTF_8).length)
          .append("\r\n")
          .append(word)
          .append("\r\n");
    }
    socket.getOutputStream().write(command.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** One line of a simple reply; empty when the server closed the connection. */
  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }
}
