package io.tenure.profile.domain.consent;

/**
 * What a record of an app's stream says about the consent of its person.
 *
 * @param category name of a purpose or of a category
 * @param textVersion of the text the person saw; empty when unknown
 * @param decision whether it is a decision of its own, and not only attached to an event
 */
public record Statement(String category, boolean granted, String textVersion, boolean decision) {}
