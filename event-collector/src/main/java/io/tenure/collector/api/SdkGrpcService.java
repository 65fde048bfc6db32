package io.tenure.collector.api;

import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import io.tenure.collector.domain.encryption.EncryptionKeys;
import io.tenure.collector.domain.encryption.KeyScheme;
import io.tenure.collector.domain.remoteconfig.Platform;
import io.tenure.collector.domain.remoteconfig.RemoteConfig;
import io.tenure.collector.domain.remoteconfig.RemoteConfigStore;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.CallerContext;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.Caller.Role;
import io.tenure.proto.sdk.v1.CreateEncryptionKeyRequest;
import io.tenure.proto.sdk.v1.CreateEncryptionKeyResponse;
import io.tenure.proto.sdk.v1.DestroyEncryptionKeyRequest;
import io.tenure.proto.sdk.v1.DestroyEncryptionKeyResponse;
import io.tenure.proto.sdk.v1.EncryptionKey;
import io.tenure.proto.sdk.v1.EncryptionKeyState;
import io.tenure.proto.sdk.v1.EncryptionScheme;
import io.tenure.proto.sdk.v1.GetRemoteConfigRequest;
import io.tenure.proto.sdk.v1.GetRemoteConfigResponse;
import io.tenure.proto.sdk.v1.ListEncryptionKeysRequest;
import io.tenure.proto.sdk.v1.ListEncryptionKeysResponse;
import io.tenure.proto.sdk.v1.RetireEncryptionKeyRequest;
import io.tenure.proto.sdk.v1.RetireEncryptionKeyResponse;
import io.tenure.proto.sdk.v1.SdkServiceGrpc.SdkServiceImplBase;
import io.tenure.proto.sdk.v1.UpdateRemoteConfigRequest;
import io.tenure.proto.sdk.v1.UpdateRemoteConfigResponse;
import org.springframework.grpc.server.service.GrpcService;

/** Where people manage what SDKs are given. */
@GrpcService
public final class SdkGrpcService extends SdkServiceImplBase {

  private final EncryptionKeys keys;
  private final RemoteConfigStore configs;

  /** The door to keys and configurations. */
  public SdkGrpcService(EncryptionKeys keys, RemoteConfigStore configs) {
    this.keys = keys;
    this.configs = configs;
  }

  @Override
  public void createEncryptionKey(
      CreateEncryptionKeyRequest request, StreamObserver<CreateEncryptionKeyResponse> reply) {
    Caller caller = CallerContext.requiring(Role.ADMINISTRATOR);
    EncryptionKey key =
        message(
            keys.create(
                caller,
                scheme(request.getScheme()),
                request.getVersion(),
                request.getPrivateKey()));
    send(reply, CreateEncryptionKeyResponse.newBuilder().setEncryptionKey(key).build());
  }

  @Override
  public void listEncryptionKeys(
      ListEncryptionKeysRequest request, StreamObserver<ListEncryptionKeysResponse> reply) {
    ListEncryptionKeysResponse.Builder list = ListEncryptionKeysResponse.newBuilder();
    keys.list(CallerContext.requiring(Role.ANALYST).project())
        .forEach(key -> list.addEncryptionKeys(message(key)));
    send(reply, list.build());
  }

  @Override
  public void retireEncryptionKey(
      RetireEncryptionKeyRequest request, StreamObserver<RetireEncryptionKeyResponse> reply) {
    EncryptionKey key =
        message(keys.retire(CallerContext.requiring(Role.ADMINISTRATOR), request.getId()));
    send(reply, RetireEncryptionKeyResponse.newBuilder().setEncryptionKey(key).build());
  }

  @Override
  public void destroyEncryptionKey(
      DestroyEncryptionKeyRequest request, StreamObserver<DestroyEncryptionKeyResponse> reply) {
    EncryptionKey key =
        message(keys.destroy(CallerContext.requiring(Role.ADMINISTRATOR), request.getId()));
    send(reply, DestroyEncryptionKeyResponse.newBuilder().setEncryptionKey(key).build());
  }

  @Override
  public void getRemoteConfig(
      GetRemoteConfigRequest request, StreamObserver<GetRemoteConfigResponse> reply) {
    Caller caller = CallerContext.requiring(Role.ANALYST);
    Platform platform = platform(request.getPlatform());
    send(
        reply,
        GetRemoteConfigResponse.newBuilder()
            .setRemoteConfig(
                configs
                    .find(caller.project(), platform)
                    .map(saved -> message(platform, saved))
                    .orElseGet(() -> message(platform, RemoteConfig.DEFAULT).build()))
            .build());
  }

  @Override
  public void updateRemoteConfig(
      UpdateRemoteConfigRequest request, StreamObserver<UpdateRemoteConfigResponse> reply) {
    Caller caller = CallerContext.requiring(Role.EDITOR);
    io.tenure.proto.sdk.v1.RemoteConfig asked = request.getRemoteConfig();
    Platform platform = platform(asked.getPlatform());
    RemoteConfigStore.Saved saved =
        configs.save(caller.project(), platform, config(asked), caller.subject(), asked.getEtag());
    send(
        reply,
        UpdateRemoteConfigResponse.newBuilder().setRemoteConfig(message(platform, saved)).build());
  }

  private static KeyScheme scheme(EncryptionScheme scheme) {
    return switch (scheme) {
      case ENCRYPTION_SCHEME_RSA_AES -> KeyScheme.RSA_AES;
      case ENCRYPTION_SCHEME_EC_AES -> KeyScheme.EC_AES;
      case ENCRYPTION_SCHEME_SM2_SM4 -> KeyScheme.SM2_SM4;
      case ENCRYPTION_SCHEME_PRESHARED_AES -> KeyScheme.PRESHARED_AES;
      case ENCRYPTION_SCHEME_UNSPECIFIED, UNRECOGNIZED ->
          throw Failure.invalid("scheme", "is required");
    };
  }

  private static EncryptionKey message(io.tenure.collector.domain.encryption.EncryptionKey key) {
    return EncryptionKey.newBuilder()
        .setId(key.id())
        .setScheme(
            switch (key.scheme()) {
              case RSA_AES -> EncryptionScheme.ENCRYPTION_SCHEME_RSA_AES;
              case EC_AES -> EncryptionScheme.ENCRYPTION_SCHEME_EC_AES;
              case SM2_SM4 -> EncryptionScheme.ENCRYPTION_SCHEME_SM2_SM4;
              case PRESHARED_AES -> EncryptionScheme.ENCRYPTION_SCHEME_PRESHARED_AES;
            })
        .setVersion(key.version())
        .setState(
            switch (key.state()) {
              case ACTIVE -> EncryptionKeyState.ENCRYPTION_KEY_STATE_ACTIVE;
              case RETIRED -> EncryptionKeyState.ENCRYPTION_KEY_STATE_RETIRED;
              case DESTROYED -> EncryptionKeyState.ENCRYPTION_KEY_STATE_DESTROYED;
            })
        .setPublicKey(key.publicKey())
        .setPublicPoint(key.publicPoint())
        .setCreateTime(Timestamps.fromMillis(key.createTime().toEpochMilli()))
        .setUpdateTime(Timestamps.fromMillis(key.updateTime().toEpochMilli()))
        .build();
  }

  private static Platform platform(String id) {
    return Platform.of(id)
        .orElseThrow(() -> Failure.invalid("platform", "must be 'android' or 'ios'"));
  }

  private static RemoteConfig config(io.tenure.proto.sdk.v1.RemoteConfig asked) {
    return new RemoteConfig(
        asked.getDisableSdk(),
        asked.getDisableDebugMode(),
        asked.hasAutoTrackMode() ? asked.getAutoTrackMode() : RemoteConfig.DEFAULT.autoTrackMode(),
        asked.getEventBlacklistList(),
        asked.getEffectAtOnce(),
        asked.getSupportTransportEncrypt());
  }

  private static io.tenure.proto.sdk.v1.RemoteConfig message(
      Platform platform, RemoteConfigStore.Saved saved) {
    return message(platform, saved.config())
        .setUpdateTime(Timestamps.fromMillis(saved.updateTime().toEpochMilli()))
        .setEtag(saved.etag())
        .build();
  }

  private static io.tenure.proto.sdk.v1.RemoteConfig.Builder message(
      Platform platform, RemoteConfig config) {
    return io.tenure.proto.sdk.v1.RemoteConfig.newBuilder()
        .setPlatform(platform.id())
        .setDisableSdk(config.disableSdk())
        .setDisableDebugMode(config.disableDebugMode())
        .setAutoTrackMode(config.autoTrackMode())
        .addAllEventBlacklist(config.eventBlacklist())
        .setEffectAtOnce(config.effectAtOnce())
        .setSupportTransportEncrypt(config.supportTransportEncrypt());
  }

  private static <T> void send(StreamObserver<T> reply, T message) {
    reply.onNext(message);
    reply.onCompleted();
  }
}
