package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Fingerprint;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.LogRecord.Item;
import io.tenure.collector.domain.record.LogRecord.Source;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.ValueText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The second record of Segment's {@code group} call. The call says two things: to which group its
 * user belongs, and what the group is like. The second is not about the user, so it becomes an item
 * of its own.
 */
final class SegmentGroup {

  /** The type such a record has among ours. */
  static final String TYPE = "$group";

  private static final String ITEM_TYPE = "group";

  private SegmentGroup() {}

  /** The call, and the group beside it when there is something to say about it. */
  static List<Draft> split(Draft draft) {
    Map<String, Object> fields = draft.fields();
    boolean describes =
        draft.fault() == null
            && "group".equals(fields.get("type"))
            && fields.get("groupId") instanceof String id
            && !id.isEmpty()
            && fields.get("traits") instanceof Map<?, ?> traits
            && !traits.isEmpty();
    if (!describes) {
      return List.of(draft);
    }
    Map<String, Object> group = new LinkedHashMap<>(fields);
    group.put("type", TYPE);
    return List.of(draft, draft.with(group));
  }

  /** It belongs to nobody; its id is derived, so that a repeated call is recognised in both. */
  static Item item(Source call, Fields fields) throws Unacceptable {
    Source source =
        new Source(
            call.project(),
            new EventId(Fingerprint.of("group:" + call.eventId().value()).hex()),
            new Identity("", "", false),
            call.eventTime(),
            call.originalTime(),
            call.receiveTime(),
            call.library());
    Map<String, String> properties = new LinkedHashMap<>();
    for (Map.Entry<String, Object> trait : fields.object("traits").values().entrySet()) {
      if (trait.getValue() != JsonNull.NULL) {
        properties.put(trait.getKey(), ValueText.of(trait.getKey(), trait.getValue()));
      }
    }
    return new Item(source, Item.Kind.ITEM, ITEM_TYPE, fields.text("groupId"), false, properties);
  }
}
