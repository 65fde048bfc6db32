package io.tenure.segment.domain.segment;

/** A member of a segment; the login id is empty while anonymous. */
public record Member(long userNumber, String loginId) {}
