package io.tenure.gateway.api.rest;

import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.tenure.platform.rpc.FailureStatus;
import java.util.Iterator;
import java.util.Optional;

/** A reply of many messages. Closing it ends the call, also in its midst. */
public final class MessageStream implements AutoCloseable {

  private final Iterator<Message> messages;
  private final Context.CancellableContext call;

  MessageStream(Iterator<Message> messages, Context.CancellableContext call) {
    this.messages = messages;
    this.call = call;
  }

  /**
   * The next message; empty at the end.
   *
   * @throws io.tenure.platform.failure.Failure when the call failed
   */
  Optional<Message> next() {
    try {
      return messages.hasNext() ? Optional.of(messages.next()) : Optional.empty();
    } catch (StatusRuntimeException status) {
      throw FailureStatus.fromStatus(status);
    }
  }

  @Override
  public void close() {
    call.cancel(null);
  }
}
