package io.tenure.standalone;

/** The whole road with all services in one process. */
final class EndToEndTest extends EndToEndContract {

  @Override
  DemoReport report() {
    return TestPlatform.running().demo();
  }
}
