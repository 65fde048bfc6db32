package io.tenure.alert.store;

import io.tenure.alert.domain.Receiver;
import io.tenure.alert.domain.Receivers;
import io.tenure.alert.domain.Recorded;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.json.Json;
import io.tenure.platform.seal.SecretSeal;
import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Receivers as definitions of the kind {@code receiver}, their secrets sealed. */
public final class DefinitionReceivers implements Receivers {

  private final Definitions definitions;
  private final SecretSeal seal;

  /** Receivers in these definitions. */
  public DefinitionReceivers(Definitions definitions, SecretSeal seal) {
    this.definitions = definitions;
    this.seal = seal;
  }

  @Override
  public Recorded<Receiver> create(ProjectId project, Receiver receiver, String author) {
    Body body =
        new Body(
            receiver.displayName(),
            receiver.webhookUrl(),
            seal.seal(receiver.signingSecret(), place(project, receiver.id())),
            receiver.thirdParty());
    return decode(project, definitions.create(project, receiver.id(), Json.write(body), author));
  }

  @Override
  public Optional<Recorded<Receiver>> find(ProjectId project, String id) {
    return definitions.find(project, id).map(revision -> decode(project, revision));
  }

  @Override
  public List<Recorded<Receiver>> list(ProjectId project) {
    return definitions.list(project).stream().map(revision -> decode(project, revision)).toList();
  }

  @Override
  public void delete(ProjectId project, String id, String author) {
    definitions.delete(project, id, author);
  }

  /** Receivers made before there were third parties have no {@code thirdParty}. */
  private record Body(
      String displayName, String webhookUrl, String sealedSecret, @Nullable Boolean thirdParty) {}

  private Recorded<Receiver> decode(ProjectId project, Revision revision) {
    Body body = Json.MAPPER.readValue(revision.body(), Body.class);
    Receiver receiver =
        new Receiver(
            revision.id(),
            body.displayName(),
            body.webhookUrl(),
            seal.open(body.sealedSecret(), place(project, revision.id())),
            Boolean.TRUE.equals(body.thirdParty()));
    return new Recorded<>(receiver, revision.createTime(), revision.updateTime(), revision.etag());
  }

  private static String place(ProjectId project, String id) {
    return project + "/" + id;
  }
}
