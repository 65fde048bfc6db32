package io.tenure.collector.domain.encryption;

/** How an SDK encrypts: one algorithm for its own key, and one for the records. */
public enum KeyScheme {
  /** RSA PKCS#1 v1.5 and AES-CBC. */
  RSA_AES("rsa-aes", SymmetricCipher.AES),
  /** ECIES and AES-CBC. */
  EC_AES("ec-aes", SymmetricCipher.AES),
  /** SM2 and SM4-CBC. */
  SM2_SM4("sm2-sm4", SymmetricCipher.SM4),
  /** An AES key both sides know beforehand. */
  PRESHARED_AES("preshared-aes", SymmetricCipher.AES);

  private final String label;
  private final SymmetricCipher cipher;

  KeyScheme(String label, SymmetricCipher cipher) {
    this.label = label;
    this.cipher = cipher;
  }

  /** The first part of its keys' ids. */
  public String label() {
    return label;
  }

  SymmetricCipher cipher() {
    return cipher;
  }
}
