package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.ValueText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A Sensors record with the differences between the versions of its schema removed. The first has
 * its ids beside the properties; the second names a {@code schema} and has the ids of events, items
 * and details among the properties, those of users beside them.
 *
 * @param fields the whole record
 * @param ids where its ids are
 * @param properties what is left: neither ids nor what only concerns the sending
 */
record SensorsRecord(Fields fields, Fields ids, Map<String, Object> properties) {

  private static final String SECOND = "2.0";

  /** Instructions to the server that some SDKs leave among the properties. */
  private static final Set<String> INSTRUCTIONS =
      Set.of("$project", "$token", "$time_free", "$track_id");

  private static final Set<String> IDS = Set.of("identities", "distinct_id", "user_id");

  static SensorsRecord of(Draft draft) throws Unacceptable {
    Fields fields = new Fields(draft.fields());
    Fields sent = fields.object("properties");
    boolean idsAmongProperties =
        fields.lenientText("version").equals(SECOND)
            && !fields.lenientText("schema").equals("users");
    Map<String, Object> properties = LinkedHashMap.newLinkedHashMap(sent.values().size());
    sent.values()
        .forEach(
            (name, value) -> {
              if (!INSTRUCTIONS.contains(name) && !(idsAmongProperties && IDS.contains(name))) {
                properties.put(name, value);
              }
            });
    return new SensorsRecord(fields, idsAmongProperties ? sent : fields, properties);
  }

  String type() throws Unacceptable {
    return fields.text("type");
  }

  /** The number the Sensors platform gave the user; empty for none. */
  String userNumber() throws Unacceptable {
    if (!fields.lenientText("version").equals(SECOND)) {
      return "";
    }
    String number = ids.text("user_id");
    boolean user = fields.lenientText("schema").equals("users");
    return number.isEmpty() && user ? fields.text("id") : number;
  }

  /** What sort of thing an item is. */
  String itemType() throws Unacceptable {
    String type = fields.text("item_type");
    return type.isEmpty() ? fields.text("schema") : type;
  }

  /** Which of its sort an item is. */
  String itemId() throws Unacceptable {
    String id = fields.text("item_id");
    return id.isEmpty() ? fields.text("id") : id;
  }

  /** Name of the SDK, for example {@code "js"}; empty when unknown. */
  String sdk() {
    return library("$lib");
  }

  /** Name and version of the SDK. */
  String library() {
    String version = library("$lib_version");
    return version.isEmpty() ? sdk() : sdk() + " " + version;
  }

  /** What tells this record from others of its time; replaced by the content when it is missing. */
  String trackId() throws Unacceptable {
    String track = fields.text("_track_id");
    return track.isEmpty() ? ValueText.json("properties", properties) : track;
  }

  /** The properties as they are stored. */
  Map<String, String> texts() throws Unacceptable {
    String sdk = sdk();
    Map<String, String> texts = LinkedHashMap.newLinkedHashMap(properties.size());
    for (Map.Entry<String, Object> entry : properties.entrySet()) {
      if (entry.getValue() != JsonNull.NULL) {
        String name = entry.getKey();
        texts.put(name, SensorsDate.normalize(sdk, ValueText.of(name, entry.getValue())));
      }
    }
    return texts;
  }

  private String library(String name) {
    String text = fields.lenientObject("lib").lenientText(name);
    return text.isEmpty() ? new Fields(properties).lenientText(name) : text;
  }
}
