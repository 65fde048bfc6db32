package io.tenure.platform.embedded.clickhouse;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Listens for HTTP and gives every request a thread of its own.
 *
 * <p>Netty, because it notices a client that goes away while its statement is still silent, which
 * servers built on blocking reads cannot. The threads are platform threads: a call into the engine
 * would pin a virtual thread's carrier and starve the rest of the process.
 */
final class HttpDoor implements AutoCloseable {

  private static final int LONGEST_LINE = 1024 * 1024;
  private static final int LARGEST_HEADERS = 256 * 1024;
  private static final int CHUNK = 64 * 1024;
  private static final int STATEMENTS_SECONDS = 3;

  private final EventLoopGroup network =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("clickhouse-http", true), NioIoHandler.newFactory());
  private final ExecutorService statements =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("clickhouse-statement-", 0).factory());
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel listener;

  HttpDoor(String host, int port, StatementHandler handler) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(network)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    open.add(channel);
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec(LONGEST_LINE, LARGEST_HEADERS, CHUNK))
                        .addLast(new HttpServerExpectContinueHandler())
                        .addLast(new HttpConversation(handler, statements));
                  }
                });
    try {
      listener = bootstrap.bind(host, port).syncUninterruptibly().channel();
    } catch (RuntimeException e) {
      network.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      statements.shutdown();
      throw e;
    }
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Takes no more connections; those that are open go on. */
  void stopListening() {
    listener.close().syncUninterruptibly();
  }

  @Override
  public void close() {
    stopListening();
    open.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    statements.shutdown();
    try {
      statements.awaitTermination(STATEMENTS_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    network.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
