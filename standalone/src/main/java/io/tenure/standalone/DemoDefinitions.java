package io.tenure.standalone;

/** What the demo defines through the API, as the bodies a team would send. */
final class DemoDefinitions {

  static final String SEGMENT_ID = "fading-savers";
  static final String FLAG_KEY = "new-transfer-screen";
  static final String RULE_ID = "about-to-leave";
  static final String RECEIVER_ID = "retention-desk";

  /** Ten days without login and a balance under 100. */
  private static final String FADING =
      """
      {"all": {"conditions": [
        {"event": {"selector": {"name": "Login"}, "operator": "OPERATOR_LESS", "count": 1, "window": {"last": "864000s"}}},
        {"latest": {"selector": {}, "property": "balance", "operator": "OPERATOR_LESS", "values": [100]}}
      ]}}\
      """;

  private DemoDefinitions() {}

  static String segment() {
    return """
    {"id": "%s", "display_name": "Fading savers",
     "description": "Ten days without login and a balance under 100",
     "condition": %s}\
    """
        .formatted(SEGMENT_ID, FADING);
  }

  static String questionnaireSegment() {
    return """
    {"id": "unfinished-questionnaire", "display_name": "Unfinished risk questionnaire",
     "description": "Started the risk questionnaire in the last 120 days and never finished it",
     "condition": {"all": {"conditions": [
       {"event": {"selector": {"name": "RiskQuestionStart"}, "operator": "OPERATOR_GREATER_OR_EQUAL", "count": 1,
                  "window": {"last": "10368000s"}}},
       {"event": {"selector": {"name": "RiskQuestionFinish"}, "operator": "OPERATOR_LESS", "count": 1}}
     ]}}}\
    """;
  }

  static String goldSegment() {
    return """
    {"id": "gold-customers", "display_name": "Gold customers", "description": "Customers of the gold tier",
     "condition": {"trait": {"name": "tier", "operator": "OPERATOR_EQUAL", "values": ["gold"]}}}\
    """;
  }

  static String flag() {
    return """
    {"key": "%s", "display_name": "New transfer screen", "description": "Half of the customers see the new screen",
     "enabled": true,
     "variants": [{"name": "on", "value": true}, {"name": "off", "value": false}],
     "off_variant": "off",
     "rules": [{"name": "gold first",
                "condition": {"trait": {"name": "tier", "operator": "OPERATOR_EQUAL", "values": ["gold"]}},
                "allocation": {"shares": [{"variant": "on", "weight": 10000}]}}],
     "fallthrough": {"shares": [{"variant": "on", "weight": 5000}, {"variant": "off", "weight": 5000}]}}\
    """
        .formatted(FLAG_KEY);
  }

  static String receiver(String url) {
    return """
    {"id": "%s", "display_name": "Retention desk", "webhook_url": "%s", "signing_secret": "demo-signing-secret"}\
    """
        .formatted(RECEIVER_ID, url);
  }

  static String rule() {
    return """
    {"id": "%s", "display_name": "About to leave",
     "description": "Ten days without login and a balance under 100; lost means thirty days of silence",
     "condition": %s,
     "outcome": {"activity": {}, "inactive_for": "2592000s"},
     "cooldown": "604800s", "sweep_interval": "3600s", "enabled": true, "receiver_ids": ["%s"]}\
    """
        .formatted(RULE_ID, FADING, RECEIVER_ID);
  }

  static String funnel(String start, String end) {
    return """
    {"query": {"scope": {"interval": {"start_time": "%s", "end_time": "%s"}},
               "funnel": {"steps": [{"name": "AppInstall"}, {"name": "Register"}, {"name": "Login"}, {"name": "Transfer"}],
                          "window": "604800s"}}}\
    """
        .formatted(start, end);
  }

  static String retention(String start, String end) {
    return """
    {"query": {"scope": {"interval": {"start_time": "%s", "end_time": "%s"}},
               "retention": {"start": {"name": "Register"}, "return": {"name": "Login"}, "unit": "TIME_UNIT_WEEK",
                             "periods": 4}}}\
    """
        .formatted(start, end);
  }
}
