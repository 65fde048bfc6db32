package io.tenure.gateway.api.rest;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Another service, on behalf of the visitor. */
public final class ChannelBackend implements Backend {

  /** Of a stream; it ends much earlier when its reader makes no progress. */
  private static final Duration STREAM_DEADLINE = Duration.ofHours(2);

  private final Channel channel;

  /** The service behind a channel. */
  public ChannelBackend(Channel channel) {
    this.channel = channel;
  }

  /** One message is asked for at a time, so the service goes as fast as the reader. */
  @Override
  public MessageStream stream(
      MethodDescriptor<Message, Message> method, Message request, Exchange exchange) {
    Context.CancellableContext context = Context.current().withCancellation();
    Context outer = context.attach();
    try {
      CallOptions options =
          CallOptions.DEFAULT.withDeadlineAfter(STREAM_DEADLINE.toSeconds(), TimeUnit.SECONDS);
      return new MessageStream(
          CallerContext.as(
              exchange.visitor().caller(),
              () -> ClientCalls.blockingServerStreamingCall(channel, method, options, request)),
          context);
    } finally {
      context.detach(outer);
    }
  }

  @Override
  public Message call(
      MethodDescriptor<Message, Message> method, Message request, Exchange exchange) {
    return CallerContext.as(
        exchange.visitor().caller(),
        () -> {
          try {
            return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
          } catch (StatusRuntimeException status) {
            throw FailureStatus.fromStatus(status);
          }
        });
  }
}
