package io.tenure.profile.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tenure.profile.domain.Absorbed;
import io.tenure.profile.domain.Identity;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.merge.Merge;
import io.tenure.profile.domain.merge.MergePreviews.Preview;
import io.tenure.profile.domain.merge.UndoWindow;
import io.tenure.profile.domain.visibility.Visibility;
import io.tenure.proto.profile.v1.MergePreview;
import io.tenure.proto.profile.v1.MergedUser;
import io.tenure.proto.profile.v1.TraitDifference;
import io.tenure.proto.profile.v1.UserMerge;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Merges between the contract and the domain. */
final class MergeMessages {

  private final UndoWindow window;

  MergeMessages(UndoWindow window) {
    this.window = window;
  }

  UserMerge write(Merge merge) {
    UserMerge.Builder message =
        UserMerge.newBuilder()
            .setId(merge.id())
            .setSurvivor((int) merge.survivor())
            .setAbsorbed((int) merge.absorbed())
            .setState(UserMerge.State.valueOf("STATE_" + merge.state()))
            .setAutomatic(merge.automatic())
            .setAuthor(merge.author())
            .setReason(merge.reason())
            .setCreateTime(timestamp(merge.createTime()))
            .setUpdateTime(timestamp(merge.updateTime()))
            .setUndoAuthor(merge.endAuthor());
    window.expireTime(merge).map(MergeMessages::timestamp).ifPresent(message::setExpireTime);
    return message.build();
  }

  MergePreview expiring(MergePreview preview, Optional<Merge> undone) {
    MergePreview.Builder message = preview.toBuilder();
    undone
        .flatMap(window::expireTime)
        .map(MergeMessages::timestamp)
        .ifPresent(message::setExpireTime);
    return message.build();
  }

  static List<MergedUser> write(Profile profile) {
    return profile.merging().absorbed().entrySet().stream()
        .map(entry -> write(entry.getKey(), entry.getValue()))
        .toList();
  }

  static MergePreview write(Preview preview, Visibility visibility) {
    MergePreview.Builder message =
        MergePreview.newBuilder()
            .setSurvivor((int) preview.before().user().number())
            .setAbsorbed((int) preview.other().user().number())
            .setEventCount(preview.events())
            .setEventCountBefore(preview.before().eventCount())
            .setEventCountAfter(preview.after().eventCount());
    preview.ids().forEach(id -> add(id, message));
    Set<String> masked = new TreeSet<>();
    add(preview.changes(), visibility, masked, message::addChanges);
    add(preview.contested(), visibility, masked, message::addContested);
    set(preview.after().firstSeenTime(), message::setFirstSeenTimeAfter);
    set(preview.after().lastSeenTime(), message::setLastSeenTimeAfter);
    return message.addAllMaskedTraits(masked).build();
  }

  private static MergedUser write(long number, Absorbed absorbed) {
    return MergedUser.newBuilder()
        .setUserNumber((int) number)
        .setMergeId(absorbed.mergeId())
        .setAuthor(absorbed.author())
        .setReason(absorbed.reason())
        .setMergeTime(timestamp(absorbed.time()))
        .build();
  }

  private static void add(Identity id, MergePreview.Builder message) {
    switch (id.kind()) {
      case LOGIN -> message.addLoginIds(id.id());
      case DEVICE -> message.addAnonymousIds(id.id());
      case KEYED -> message.addIdentities(id.id());
    }
  }

  private static void add(
      Collection<io.tenure.profile.domain.merge.MergePreviews.TraitDifference> differences,
      Visibility visibility,
      Set<String> masked,
      Consumer<TraitDifference> consumer) {
    differences.forEach(
        difference -> {
          if (visibility.shows(difference.name())) {
            TraitDifference.Builder message =
                TraitDifference.newBuilder().setName(difference.name());
            difference.one().map(ProfileMessages::struct).ifPresent(message::setValue);
            difference.other().map(ProfileMessages::struct).ifPresent(message::setOtherValue);
            consumer.accept(message.build());
          } else {
            masked.add(difference.name());
          }
        });
  }

  private static void set(@Nullable Instant time, Consumer<Timestamp> consumer) {
    if (time != null) {
      consumer.accept(timestamp(time));
    }
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }
}
