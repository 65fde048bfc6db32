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
}
