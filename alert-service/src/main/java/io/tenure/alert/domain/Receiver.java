package io.tenure.alert.domain;

/**
 * Where alerts are sent.
 *
 * @param id stable id
 * @param displayName name shown to people
 * @param webhookUrl address of the webhook
 * @param signingSecret key of the signature; leaves the service only as a signature
 * @param thirdParty whether somebody outside the institution runs it, so that people must agree to
 *     sharing
 */
public record Receiver(
    String id, String displayName, String webhookUrl, String signingSecret, boolean thirdParty) {

  /** Never shows the secret, wherever a receiver is printed. */
  @Override
  public String toString() {
    return "Receiver[id=" + id + "]";
  }
}
