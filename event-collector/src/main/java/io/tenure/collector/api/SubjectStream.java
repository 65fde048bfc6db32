package io.tenure.collector.api;

import io.tenure.collector.domain.export.PersonExport;
import io.tenure.collector.domain.export.Section;
import io.tenure.collector.domain.export.Subject;
import io.tenure.platform.rpc.PacedStream;
import io.tenure.proto.erasure.v1.ExportSubjectResponse;

/** Hands over the records about a person in messages of a bearable size. */
final class SubjectStream {

  private static final int MESSAGE_CHARACTERS = 128 * 1024;

  private final PacedStream<ExportSubjectResponse> stream;
  private ExportSubjectResponse.Builder message = ExportSubjectResponse.newBuilder();
  private int size;

  SubjectStream(PacedStream<ExportSubjectResponse> stream) {
    this.stream = stream;
  }

  void write(PersonExport export, Subject subject) {
    stream.send(
        ExportSubjectResponse.newBuilder()
            .addAllRemarks(export.remarks(subject.askTime()))
            .build());
    for (Section section : export.sections()) {
      message = ExportSubjectResponse.newBuilder().setSection(section.name());
      size = 0;
      section.read(subject, this::add);
      stream.send(message.build());
    }
    stream.end();
  }

  private void add(String record) {
    message.addRecords(record);
    size += record.length();
    if (size >= MESSAGE_CHARACTERS) {
      stream.send(message.build());
      message.clearRecords();
      size = 0;
    }
  }
}
