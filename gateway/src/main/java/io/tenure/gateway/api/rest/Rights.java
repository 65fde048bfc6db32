package io.tenure.gateway.api.rest;

import com.google.protobuf.Descriptors.MethodDescriptor;
import io.tenure.gateway.domain.Visitor;
import io.tenure.platform.tenancy.Caller.Role;
import java.util.List;
import java.util.Set;

/**
 * Who may call which RPC through the gateway. Decided by name, so that a new RPC is closed to
 * readers until its name says that it only reads; the services check definitions' writers once
 * more.
 */
public enum Rights {
  /** No credential needed. */
  EVERYBODY,
  /** Any credential: what write keys, which are public, are made for. */
  WRITERS,
  /** Any person, and secret keys; never a write key. */
  READERS,
  /** Those who change definitions. */
  EDITORS,
  /** Those who manage keys and projects. */
  ADMINISTRATORS;

  private static final Set<String> OPEN = Set.of("CreateSession", "GetHealth");
  private static final Set<String> OWN = Set.of("GetCaller", "DeleteSession");
  private static final Set<String> WRITING = Set.of("Collect", "RecordExposures");

  /** What concerns all projects together. */
  private static final Set<String> SHARED = Set.of("PropertyColumnService");

  /** What keeps and changes nothing, whatever it is called. */
  private static final Set<String> CALCULATING = Set.of("AssignmentService", "StatisticsService");

  private static final List<String> READING =
      List.of(
          "Get",
          "List",
          "BatchGet",
          "Run",
          "Evaluate",
          "Explain",
          "Backtest",
          "Search",
          "Suggest",
          "Watch");

  /** What only reads although its name does not begin like that. */
  private static final Set<String> ANALYSING =
      Set.of("EstimateAnalysis", "ExportAnalysis", "StartAnalysis", "CancelAnalysisRun");

  /** The rights on an RPC. */
  public static Rights of(MethodDescriptor method) {
    String name = method.getName();
    if (method.getService().getName().equals("AccessService")) {
      return OPEN.contains(name) ? EVERYBODY : OWN.contains(name) ? READERS : ADMINISTRATORS;
    }
    if (WRITING.contains(name)) {
      return WRITERS;
    }
    if (SHARED.contains(method.getService().getName())) {
      return ADMINISTRATORS;
    }
    if (CALCULATING.contains(method.getService().getName())
        || ANALYSING.contains(name)
        || READING.stream().anyMatch(name::startsWith)) {
      return READERS;
    }
    return name.endsWith("EncryptionKey") ? ADMINISTRATORS : EDITORS;
  }

  void check(Visitor visitor) {
    switch (this) {
      case EVERYBODY -> {}
      case WRITERS -> visitor.require(Role.WRITER);
      case READERS -> visitor.require(Role.ANALYST);
      case EDITORS -> visitor.require(Role.EDITOR);
      case ADMINISTRATORS -> visitor.require(Role.ADMINISTRATOR);
    }
  }
}
