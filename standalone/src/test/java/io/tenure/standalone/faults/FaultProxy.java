package io.tenure.standalone.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between two parties that can be bad in many ways: nothing answers, everything hangs,
 * everything is slow, or the answer is lost though the request arrived. Its faults begin at once on
 * open connections too, and it counts how often they hit.
 */
final class FaultProxy implements AutoCloseable {

  private static final Duration SLOWNESS = Duration.ofMillis(150);
  private static final int SLICE = 1024;

  /** How the network is. */
  enum Mode {
    /** Passes everything. */
    GOOD,
    /** Resets open connections and every new one. */
    REFUSES,
    /** Takes connections and bytes, and passes none. */
    HANGS,
    /** Passes small slices with a pause after each. */
    SLOW,
    /** Passes requests and resets the connection when the answer comes. */
    LOSES_ANSWERS
  }

  private record Link(Socket client, Socket server) {

    void reset() {
      FaultProxy.reset(client);
      FaultProxy.reset(server);
    }
  }

  private final ServerSocket door;
  private final InetSocketAddress server;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicLong hits = new AtomicLong();
  private volatile Mode mode = Mode.GOOD;

  /** Listens on a free loopback port and passes to a server there. */
  FaultProxy(int serverPort) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    this.door = new ServerSocket(0, 128, loopback);
    this.server = new InetSocketAddress(loopback, serverPort);
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** How often a fault met a connection, a request or an answer so far. */
  long hits() {
    return hits.get();
  }

  void become(Mode next) {
    mode = next;
    if (next == Mode.REFUSES || next == Mode.GOOD) {
      // On healing too: bytes are missing from what hung.
      links.forEach(Link::reset);
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    if (mode == Mode.REFUSES) {
      hits.incrementAndGet();
      reset(client);
      return;
    }
    Socket upstream = new Socket();
    Link link = new Link(client, upstream);
    links.add(link);
    try {
      upstream.connect(server, 2_000);
      Thread answers = Thread.ofVirtual().start(() -> pass(upstream, client, true));
      pass(client, upstream, false);
      answers.join();
    } catch (IOException unreachable) {
      link.reset();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      link.reset();
      links.remove(link);
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        Mode now = mode;
        if (now != Mode.GOOD && (answers || now != Mode.LOSES_ANSWERS)) {
          hits.incrementAndGet();
        }
        switch (now) {
          case GOOD -> out.write(buffer, 0, count);
          case SLOW -> slowly(out, buffer, count);
          case HANGS -> {
            // Swallowed: neither side learns of it.
          }
          case REFUSES -> throw new IOException("refused");
          case LOSES_ANSWERS -> {
            if (answers) {
              throw new IOException("lost");
            }
            out.write(buffer, 0, count);
          }
        }
      }
    } catch (IOException gone) {
      reset(from);
      reset(to);
    } finally {
      reset(to);
    }
  }

  private static void slowly(OutputStream out, byte[] bytes, int count) throws IOException {
    for (int from = 0; from < count; from += SLICE) {
      try {
        Thread.sleep(SLOWNESS);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw new IOException("stopping", stopping);
      }
      out.write(bytes, from, Math.min(SLICE, count - from));
    }
  }

  /** Ends a connection the hard way: the other side sees a reset, not an orderly end. */
  private static void reset(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException already) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    links.forEach(Link::reset);
  }
}
