package io.tenure.platform.embedded.clickhouse;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: its requests, one after the other, each handed to a thread of its own.
 * Runs on the network thread.
 */
final class HttpConversation extends ChannelInboundHandlerAdapter {

  private static final int LINGER_SECONDS = 5;

  private final StatementHandler handler;
  private final Executor statements;
  private final Deque<Object> early = new ArrayDeque<>();
  private @Nullable Exchange current;
  private boolean answered;

  HttpConversation(StatementHandler handler, Executor statements) {
    this.handler = handler;
    this.statements = statements;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest && current != null) {
      early.addLast(message);
    } else if (!early.isEmpty()) {
      early.addLast(message);
    } else {
      accept(context, message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    early.forEach(ReferenceCountUtil::release);
    early.clear();
    Exchange exchange = current;
    if (exchange != null) {
      exchange.clientLeft(statements);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private void accept(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      Exchange exchange = new Exchange(context.channel(), request);
      current = exchange;
      if (request.decoderResult().isFailure()) {
        context.close();
        return;
      }
      statements.execute(
          () -> {
            handler.handle(exchange);
            context.executor().execute(() -> answered(context, exchange));
          });
    }
    if (message instanceof HttpContent content) {
      Exchange exchange = current;
      if (exchange == null) {
        content.release();
        return;
      }
      exchange.body().offer(content.content());
      if (content instanceof LastHttpContent) {
        exchange.body().complete();
        if (answered) {
          next(context);
        }
      }
    }
  }

  /**
   * A request is answered. The next one begins once the client has sent the rest of this one's
   * body, which it gets a moment to do.
   */
  private void answered(ChannelHandlerContext context, Exchange exchange) {
    answered = true;
    if (exchange.body().isComplete()) {
      next(context);
    } else {
      context
          .executor()
          .schedule(() -> closeIfCurrent(context, exchange), LINGER_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void closeIfCurrent(ChannelHandlerContext context, Exchange exchange) {
    if (current == exchange) {
      context.close();
    }
  }

  private void next(ChannelHandlerContext context) {
    current = null;
    answered = false;
    while (!early.isEmpty() && (current == null || !(early.getFirst() instanceof HttpRequest))) {
      accept(context, early.removeFirst());
    }
  }
}
