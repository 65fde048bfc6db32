package io.tenure.gateway.api.rest;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.rpc.FailureStatus;

/** Another service, on behalf of the visitor. */
public final class ChannelBackend implements Backend {

  private final Channel channel;

  /** The service behind a channel. */
  public ChannelBackend(Channel channel) {
    this.channel = channel;
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
