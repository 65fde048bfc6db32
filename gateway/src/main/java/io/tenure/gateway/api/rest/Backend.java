package io.tenure.gateway.api.rest;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;

/** Where the RPCs of a service are answered. */
@FunctionalInterface
public interface Backend {

  /**
   * Answers one RPC.
   *
   * @throws io.tenure.platform.failure.Failure when it fails
   */
  Message call(MethodDescriptor<Message, Message> method, Message request, Exchange exchange);

  /** Answers one RPC whose reply is a stream; whoever takes it closes it. */
  default MessageStream stream(
      MethodDescriptor<Message, Message> method, Message request, Exchange exchange) {
    throw new UnsupportedOperationException("No stream is answered here");
  }
}
