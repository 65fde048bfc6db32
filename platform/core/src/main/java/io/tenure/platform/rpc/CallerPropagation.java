package io.tenure.platform.rpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@link Caller} into the metadata of outgoing calls and reads it from incoming ones.
 */
public final class CallerPropagation implements ClientInterceptor, ServerInterceptor {

  private static final Metadata.Key<String> PROJECT = key("tenure-project");
  private static final Metadata.Key<String> SUBJECT = key("tenure-subject");
  private static final Metadata.Key<String> ROLE = key("tenure-role");

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    @Nullable Caller caller = CallerContext.KEY.get();
    if (caller == null) {
      return next.newCall(method, options);
    }
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        headers.put(PROJECT, caller.project().value());
        headers.put(SUBJECT, caller.subject());
        headers.put(ROLE, caller.role().name());
        super.start(listener, headers);
      }
    };
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    @Nullable String project = headers.get(PROJECT);
    if (project == null || !ProjectId.isValid(project)) {
      return next.startCall(call, headers);
    }
    @Nullable String subject = headers.get(SUBJECT);
    @Nullable String role = headers.get(ROLE);
    Caller caller =
        new Caller(
            new ProjectId(project),
            subject == null ? "unknown" : subject,
            role == null ? Caller.Role.WRITER : Caller.Role.valueOf(role));
    return Contexts.interceptCall(
        Context.current().withValue(CallerContext.KEY, caller), call, headers, next);
  }
}
