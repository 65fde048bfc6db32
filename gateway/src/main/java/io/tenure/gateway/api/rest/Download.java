package io.tenure.gateway.api.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tenure.platform.failure.Failure;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.apache.coyote.CloseNowException;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A stream of messages as one JSON body, too large to be held. By the contract such an RPC answers
 * with messages of the bytes {@code content}, which make up the body, and at most one other field:
 * a {@code content_type} the first one may name; without it the body is JSON.
 */
final class Download {

  private static final String CONTENT = "content";
  private static final String TYPE = "content_type";
  private static final String JSON = "application/json";

  private Download() {}

  /** Refuses an RPC that can't be served like this, when the gateway starts. */
  static void check(Descriptor reply) {
    FieldDescriptor content = reply.findFieldByName(CONTENT);
    int known = reply.findFieldByName(TYPE) == null ? 1 : 2;
    if (reply.getFields().size() != known
        || content == null
        || content.getType() != FieldDescriptor.Type.BYTES) {
      throw new IllegalArgumentException(reply.getFullName() + " is not made of bytes");
    }
  }

  /**
   * A reply that goes as fast as its reader. What fails before the first bytes becomes a problem as
   * ever; what fails later cuts the connection, so that nobody takes a part for the whole.
   */
  static ServerResponse of(MessageStream stream) {
    Optional<Message> first;
    try {
      first = stream.next();
    } catch (RuntimeException failed) {
      stream.close();
      throw failed;
    }
    return ServerResponse.ok()
        .header("Content-Type", first.map(Download::type).orElse(JSON))
        .header("Cache-Control", "no-store")
        .build(
            (request, response) -> {
              try (stream) {
                write(first, stream, response);
              }
              return null;
            });
  }

  private static void write(
      Optional<Message> first, MessageStream stream, HttpServletResponse response)
      throws IOException {
    try {
      for (Optional<Message> next = first; next.isPresent(); next = stream.next()) {
        content(next.get()).writeTo(response.getOutputStream());
      }
    } catch (Failure failure) {
      if (response.isCommitted()) {
        throw new CloseNowException("The reply failed in its midst", failure);
      }
      throw failure;
    }
  }

  private static String type(Message message) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(TYPE);
    String type = field == null ? "" : (String) message.getField(field);
    return type.isEmpty() ? JSON : type;
  }

  private static ByteString content(Message message) {
    return (ByteString) message.getField(message.getDescriptorForType().findFieldByName(CONTENT));
  }
}
