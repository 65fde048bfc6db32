package io.tenure.gateway.api.access;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.grpc.MethodDescriptor;
import io.tenure.gateway.api.Cookies;
import io.tenure.gateway.api.rest.Backend;
import io.tenure.gateway.api.rest.Exchange;
import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.Keys;
import io.tenure.gateway.domain.PlatformHealth;
import io.tenure.gateway.domain.Register;
import io.tenure.gateway.domain.SignIn;
import io.tenure.gateway.domain.Visitor;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.access.v1.CreateKeyRequest;
import io.tenure.proto.access.v1.CreateKeyResponse;
import io.tenure.proto.access.v1.CreateProjectRequest;
import io.tenure.proto.access.v1.CreateProjectResponse;
import io.tenure.proto.access.v1.CreateSessionRequest;
import io.tenure.proto.access.v1.CreateSessionResponse;
import io.tenure.proto.access.v1.DeleteSessionRequest;
import io.tenure.proto.access.v1.DeleteSessionResponse;
import io.tenure.proto.access.v1.GetCallerRequest;
import io.tenure.proto.access.v1.GetCallerResponse;
import io.tenure.proto.access.v1.GetHealthRequest;
import io.tenure.proto.access.v1.GetHealthResponse;
import io.tenure.proto.access.v1.Key;
import io.tenure.proto.access.v1.KeyKind;
import io.tenure.proto.access.v1.ListKeysRequest;
import io.tenure.proto.access.v1.ListKeysResponse;
import io.tenure.proto.access.v1.Person;
import io.tenure.proto.access.v1.Project;
import io.tenure.proto.access.v1.RevokeKeyRequest;
import io.tenure.proto.access.v1.RevokeKeyResponse;
import io.tenure.proto.access.v1.Role;
import io.tenure.proto.access.v1.ServiceHealth;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The access service, answered by the gateway itself because it concerns the gateway's own door.
 */
public final class AccessBackend implements Backend {

  private final Register register;
  private final SignIn signIn;
  private final Keys keys;
  private final PlatformHealth health;

  /** An access service over these use cases. */
  public AccessBackend(Register register, SignIn signIn, Keys keys, PlatformHealth health) {
    this.register = register;
    this.signIn = signIn;
    this.keys = keys;
    this.health = health;
  }

  @Override
  public Message call(
      MethodDescriptor<Message, Message> method, Message request, Exchange exchange) {
    return switch (request) {
      case CreateSessionRequest wanted -> createSession(wanted, exchange);
      case DeleteSessionRequest ignored -> deleteSession(exchange);
      case GetCallerRequest ignored -> getCaller(exchange.visitor());
      case CreateProjectRequest wanted -> createProject(wanted, exchange.visitor());
      case ListKeysRequest ignored -> listKeys(exchange.visitor());
      case CreateKeyRequest wanted -> createKey(wanted, exchange.visitor());
      case RevokeKeyRequest wanted -> revokeKey(wanted, exchange.visitor());
      case GetHealthRequest ignored -> getHealth();
      default -> throw new IllegalArgumentException(method.getFullMethodName());
    };
  }

  private CreateSessionResponse createSession(CreateSessionRequest request, Exchange exchange) {
    SignIn.Session session =
        signIn.open(request.getUsername(), request.getPassword(), exchange.address());
    exchange.addCookie(Cookies.set(session.token(), exchange.secure()));
    return CreateSessionResponse.newBuilder()
        .setSessionToken(session.token())
        .setPerson(person(session.person()))
        .build();
  }

  private DeleteSessionResponse deleteSession(Exchange exchange) {
    @Nullable String session = exchange.visitor().session();
    if (session != null) {
      signIn.close(session);
      exchange.addCookie(Cookies.clear(exchange.secure()));
    }
    return DeleteSessionResponse.getDefaultInstance();
  }

  private GetCallerResponse getCaller(Visitor visitor) {
    GetCallerResponse.Builder response = GetCallerResponse.newBuilder();
    @Nullable Caller caller = visitor.known();
    if (caller != null) {
      response.setProjectId(caller.project().value());
    }
    io.tenure.gateway.domain.@Nullable Person somebody = visitor.person();
    if (somebody != null) {
      response.setPerson(person(somebody));
    }
    register.projects().stream()
        .filter(
            project ->
                somebody != null || (caller != null && project.id().equals(caller.project())))
        .forEach(project -> response.addProjects(project(project)));
    return response.build();
  }

  private CreateProjectResponse createProject(CreateProjectRequest request, Visitor visitor) {
    Keys.NewProject created =
        keys.createProject(
            request.getProject().getId(), request.getProject().getDisplayName(), visitor.subject());
    return CreateProjectResponse.newBuilder()
        .setProject(project(created.project()))
        .setWriteKey(created.writeKey().text())
        .setSecretKey(created.secretKey().text())
        .build();
  }

  private ListKeysResponse listKeys(Visitor visitor) {
    ListKeysResponse.Builder response = ListKeysResponse.newBuilder();
    keys.list(visitor.caller().project()).forEach(key -> response.addKeys(key(key)));
    return response.build();
  }

  private CreateKeyResponse createKey(CreateKeyRequest request, Visitor visitor) {
    Key wanted = request.getKey();
    AccessKey.Kind kind = kind(wanted.getKind());
    Caller.Role role = role(kind, wanted.getRole());
    ProjectId project = visitor.caller().project();
    Keys.NewKey created =
        wanted.getOtherProjectIdsCount() == 0
            ? keys.create(project, wanted.getDisplayName(), kind, role, visitor.subject())
            : createWriteKey(wanted, kind, project, visitor);
    return CreateKeyResponse.newBuilder()
        .setKey(key(created.key()))
        .setKeyText(created.text())
        .build();
  }

  /** A secret key is of one project, so it can't open another; a person is of all. */
  private Keys.NewKey createWriteKey(
      Key wanted, AccessKey.Kind kind, ProjectId project, Visitor visitor) {
    if (visitor.person() == null) {
      throw Failure.of(Reason.PERMISSION_DENIED, "Only people open further projects to a key");
    }
    if (kind != AccessKey.Kind.WRITE) {
      throw Failure.invalid("key.other_project_ids", "must not be set on a secret key");
    }
    return keys.createWriteKey(
        project, wanted.getDisplayName(), wanted.getOtherProjectIdsList(), visitor.subject());
  }

  private RevokeKeyResponse revokeKey(RevokeKeyRequest request, Visitor visitor) {
    AccessKey revoked = keys.revoke(visitor.caller().project(), request.getId(), visitor.subject());
    return RevokeKeyResponse.newBuilder().setKey(key(revoked)).build();
  }

  private GetHealthResponse getHealth() {
    GetHealthResponse.Builder response = GetHealthResponse.newBuilder().setHealthy(true);
    for (PlatformHealth.ServiceHealth service : health.ask()) {
      response.addServices(
          ServiceHealth.newBuilder()
              .setName(service.name())
              .setHealthy(service.healthy())
              .setDetail(service.trouble()));
      response.setHealthy(response.getHealthy() && service.healthy());
    }
    return response.build();
  }

  private static AccessKey.Kind kind(KeyKind kind) {
    return switch (kind) {
      case KEY_KIND_WRITE -> AccessKey.Kind.WRITE;
      case KEY_KIND_SECRET -> AccessKey.Kind.SECRET;
      case KEY_KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw Failure.invalid("key.kind", "must be KEY_KIND_WRITE or KEY_KIND_SECRET");
    };
  }

  private static Caller.Role role(AccessKey.Kind kind, Role role) {
    return switch (kind) {
      case WRITE -> {
        if (role != Role.ROLE_UNSPECIFIED) {
          throw Failure.invalid("key.role", "must not be set on a write key");
        }
        yield Caller.Role.WRITER;
      }
      case SECRET ->
          switch (role) {
            case ROLE_ANALYST -> Caller.Role.ANALYST;
            case ROLE_EDITOR -> Caller.Role.EDITOR;
            case ROLE_ADMINISTRATOR -> Caller.Role.ADMINISTRATOR;
            case ROLE_UNSPECIFIED, UNRECOGNIZED ->
                throw Failure.invalid("key.role", "must be set on a secret key");
          };
    };
  }

  private static Role role(Caller.Role role) {
    return switch (role) {
      case WRITER -> Role.ROLE_UNSPECIFIED;
      case ANALYST -> Role.ROLE_ANALYST;
      case EDITOR -> Role.ROLE_EDITOR;
      case ADMINISTRATOR -> Role.ROLE_ADMINISTRATOR;
    };
  }

  private static Person person(io.tenure.gateway.domain.Person person) {
    return Person.newBuilder().setUsername(person.username()).setRole(role(person.role())).build();
  }

  private static Project project(io.tenure.gateway.domain.Project project) {
    return Project.newBuilder()
        .setId(project.id().value())
        .setDisplayName(project.displayName())
        .setCreateTime(timestamp(project.createTime()))
        .build();
  }

  private static Key key(AccessKey key) {
    Key.Builder builder =
        Key.newBuilder()
            .setId(key.id())
            .setDisplayName(key.displayName())
            .setKind(
                switch (key.kind()) {
                  case WRITE -> KeyKind.KEY_KIND_WRITE;
                  case SECRET -> KeyKind.KEY_KIND_SECRET;
                })
            .setRole(role(key.role()))
            .setPrefix(key.prefix())
            .setCreateTime(timestamp(key.createTime()))
            .addAllOtherProjectIds(
                key.otherProjects().stream().map(ProjectId::value).sorted().toList());
    @Nullable Instant revoked = key.revokeTime();
    if (revoked != null) {
      builder.setRevokeTime(timestamp(revoked));
    }
    return builder.build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
