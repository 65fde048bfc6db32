package io.tenure.gateway.api.rest;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.ArrayList;
import java.util.List;

/**
 * One REST route of the contract: an HTTP method and path that stand for an RPC.
 *
 * @param verb HTTP method
 * @param template the path
 * @param body which field the body fills: {@code "*"} for the whole request, empty for none
 * @param method the RPC, to call it
 * @param contract the RPC, to read about it
 */
public record HttpBinding(
    String verb,
    PathTemplate template,
    String body,
    MethodDescriptor<Message, Message> method,
    Descriptors.MethodDescriptor contract) {

  /** The routes of a service; RPCs without an annotation have none. */
  public static List<HttpBinding> of(ServiceDescriptor service) {
    List<HttpBinding> bindings = new ArrayList<>();
    for (MethodDescriptor<?, ?> method : service.getMethods()) {
      if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema)) {
        continue;
      }
      Descriptors.MethodDescriptor contract = schema.getMethodDescriptor();
      if (contract.getOptions().hasExtension(AnnotationsProto.http)) {
        HttpRule rule = contract.getOptions().getExtension(AnnotationsProto.http);
        bindings.add(of(rule, method, contract));
        rule.getAdditionalBindingsList()
            .forEach(further -> bindings.add(of(further, method, contract)));
      }
    }
    return bindings;
  }

  /** The path as the contract writes it. */
  public String path() {
    return template.toString();
  }

  /** Names of the fields the path fills. */
  public List<String> pathFields() {
    return template.variables();
  }

  @SuppressWarnings("unchecked")
  private static HttpBinding of(
      HttpRule rule, MethodDescriptor<?, ?> method, Descriptors.MethodDescriptor contract) {
    String verb = rule.getPatternCase().name();
    String path =
        switch (rule.getPatternCase()) {
          case GET -> rule.getGet();
          case PUT -> rule.getPut();
          case POST -> rule.getPost();
          case DELETE -> rule.getDelete();
          case PATCH -> rule.getPatch();
          case CUSTOM, PATTERN_NOT_SET ->
              throw new IllegalArgumentException("No path for " + contract.getFullName());
        };
    return new HttpBinding(
        verb,
        PathTemplate.parse(path),
        rule.getBody(),
        (MethodDescriptor<Message, Message>) method,
        contract);
  }
}
