package io.tenure.gateway.api.openapi;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The comments of the contract by full name; generated classes do not carry them. */
final class Comments {

  private static final String DESCRIPTORS = "/tenure.protoset";

  private final Map<String, String> texts = new HashMap<>();

  private Comments() {}

  static Comments load() {
    try (InputStream in = Comments.class.getResourceAsStream(DESCRIPTORS)) {
      if (in == null) {
        throw new IllegalStateException("The contract's " + DESCRIPTORS + " is missing");
      }
      Comments comments = new Comments();
      FileDescriptorSet.parseFrom(in).getFileList().forEach(comments::addFile);
      return comments;
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** The comment of a message, field, enum, value, service or RPC; empty when it has none. */
  String of(String fullName) {
    return texts.getOrDefault(fullName, "");
  }

  private void addFile(FileDescriptorProto file) {
    Map<List<Integer>, String> byPath = new HashMap<>();
    for (SourceCodeInfo.Location location : file.getSourceCodeInfo().getLocationList()) {
      if (location.hasLeadingComments()) {
        byPath.put(location.getPathList(), location.getLeadingComments());
      }
    }
    String scope = file.getPackage();
    for (int index = 0; index < file.getMessageTypeCount(); index++) {
      addMessage(byPath, List.of(4, index), scope, file.getMessageType(index));
    }
    for (int index = 0; index < file.getEnumTypeCount(); index++) {
      addEnum(byPath, List.of(5, index), scope, file.getEnumType(index));
    }
    for (int index = 0; index < file.getServiceCount(); index++) {
      addService(byPath, List.of(6, index), scope, file.getService(index));
    }
  }

  private void addMessage(
      Map<List<Integer>, String> byPath, List<Integer> path, String scope, DescriptorProto type) {
    String name = add(byPath, path, scope, type.getName());
    for (int index = 0; index < type.getFieldCount(); index++) {
      add(byPath, join(path, 2, index), name, type.getField(index).getName());
    }
    for (int index = 0; index < type.getNestedTypeCount(); index++) {
      addMessage(byPath, join(path, 3, index), name, type.getNestedType(index));
    }
    for (int index = 0; index < type.getEnumTypeCount(); index++) {
      addEnum(byPath, join(path, 4, index), name, type.getEnumType(index));
    }
  }

  private void addEnum(
      Map<List<Integer>, String> byPath,
      List<Integer> path,
      String scope,
      EnumDescriptorProto type) {
    add(byPath, path, scope, type.getName());
    for (int index = 0; index < type.getValueCount(); index++) {
      // A value's full name is a sibling of its enum's.
      add(byPath, join(path, 2, index), scope, type.getValue(index).getName());
    }
  }

  private void addService(
      Map<List<Integer>, String> byPath,
      List<Integer> path,
      String scope,
      ServiceDescriptorProto service) {
    String name = add(byPath, path, scope, service.getName());
    for (int index = 0; index < service.getMethodCount(); index++) {
      add(byPath, join(path, 2, index), name, service.getMethod(index).getName());
    }
  }

  private String add(
      Map<List<Integer>, String> byPath, List<Integer> path, String scope, String name) {
    String fullName = scope.isEmpty() ? name : scope + "." + name;
    String text = byPath.getOrDefault(path, "").strip().replaceAll("\\s*\\n\\s*", " ");
    texts.put(fullName, text);
    return fullName;
  }

  private static List<Integer> join(List<Integer> path, int kind, int index) {
    Integer[] joined = path.toArray(new Integer[path.size() + 2]);
    joined[path.size()] = kind;
    joined[path.size() + 1] = index;
    return List.of(joined);
  }
}
