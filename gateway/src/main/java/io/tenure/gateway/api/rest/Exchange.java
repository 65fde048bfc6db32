package io.tenure.gateway.api.rest;

import io.tenure.gateway.domain.Visitor;
import java.util.ArrayList;
import java.util.List;

/** What an RPC served by the gateway itself may know of its HTTP request and add to the reply. */
public final class Exchange {

  private final Visitor visitor;
  private final String address;
  private final boolean secure;
  private final List<String> cookies = new ArrayList<>();

  Exchange(Visitor visitor, String address, boolean secure) {
    this.visitor = visitor;
    this.address = address;
    this.secure = secure;
  }

  /** Who asks. */
  public Visitor visitor() {
    return visitor;
  }

  /** Where the request comes from. */
  public String address() {
    return address;
  }

  /** Whether it came by https. */
  public boolean secure() {
    return secure;
  }

  /** Adds a cookie to the reply. */
  public void addCookie(String cookie) {
    cookies.add(cookie);
  }

  List<String> cookies() {
    return cookies;
  }
}
