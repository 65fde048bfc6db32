package io.tenure.segment.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.stub.StreamObserver;
import io.tenure.condition.api.Fields;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.rpc.PageRequest;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.proto.analysis.v1.Calendar;
import io.tenure.proto.analysis.v1.CalendarServiceGrpc.CalendarServiceImplBase;
import io.tenure.proto.analysis.v1.CreateCalendarRequest;
import io.tenure.proto.analysis.v1.CreateCalendarResponse;
import io.tenure.proto.analysis.v1.DeleteCalendarRequest;
import io.tenure.proto.analysis.v1.DeleteCalendarResponse;
import io.tenure.proto.analysis.v1.GetCalendarRequest;
import io.tenure.proto.analysis.v1.GetCalendarResponse;
import io.tenure.proto.analysis.v1.ListCalendarsRequest;
import io.tenure.proto.analysis.v1.ListCalendarsResponse;
import io.tenure.proto.analysis.v1.UpdateCalendarRequest;
import io.tenure.proto.analysis.v1.UpdateCalendarResponse;
import io.tenure.segment.domain.calendar.BusinessCalendar;
import io.tenure.segment.domain.calendar.CalendarDefinition;
import io.tenure.segment.domain.calendar.CalendarFile;
import io.tenure.segment.domain.calendar.Calendars;
import io.tenure.segment.domain.saved.Saved;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

/**
 * The door to calendars. A message's JSON is the file format, so what is wrong with a calendar is
 * said by the reader of files.
 */
@GrpcService
public final class CalendarApi extends CalendarServiceImplBase {

  private final Calendars calendars;

  /** A door to the given calendars. */
  public CalendarApi(Calendars calendars) {
    this.calendars = calendars;
  }

  @Override
  public void createCalendar(
      CreateCalendarRequest request, StreamObserver<CreateCalendarResponse> observer) {
    Caller author = Access.editor();
    CalendarDefinition created = calendars.create(author, read(request.getCalendar()));
    answer(observer, CreateCalendarResponse.newBuilder().setCalendar(write(created)).build());
  }

  @Override
  public void getCalendar(
      GetCalendarRequest request, StreamObserver<GetCalendarResponse> observer) {
    CalendarDefinition found = calendars.get(Access.reader(), request.getId());
    answer(observer, GetCalendarResponse.newBuilder().setCalendar(write(found)).build());
  }

  @Override
  public void listCalendars(
      ListCalendarsRequest request, StreamObserver<ListCalendarsResponse> observer) {
    ProjectId project = Access.reader();
    PageRequest page = PageRequest.of(request, 100, 1000);
    List<CalendarDefinition> found = calendars.list(project, page.after(), page.oneMore());
    ListCalendarsResponse.Builder response = ListCalendarsResponse.newBuilder();
    response.setNextPageToken(
        page.fill(
            found,
            definition -> definition.calendar().id(),
            definition -> response.addCalendars(write(definition))));
    answer(observer, response.build());
  }

  @Override
  public void updateCalendar(
      UpdateCalendarRequest request, StreamObserver<UpdateCalendarResponse> observer) {
    Caller author = Access.editor();
    CalendarDefinition updated =
        calendars.update(author, read(request.getCalendar()), request.getCalendar().getEtag());
    answer(observer, UpdateCalendarResponse.newBuilder().setCalendar(write(updated)).build());
  }

  @Override
  public void deleteCalendar(
      DeleteCalendarRequest request, StreamObserver<DeleteCalendarResponse> observer) {
    calendars.delete(Access.editor(), request.getId());
    answer(observer, DeleteCalendarResponse.getDefaultInstance());
  }

  private static BusinessCalendar read(Calendar message) {
    Calendar file =
        message.toBuilder().clearShipped().clearCreateTime().clearUpdateTime().clearEtag().build();
    try {
      return CalendarFile.read(
          "calendar", JsonFormat.printer().preservingProtoFieldNames().print(file));
    } catch (InvalidProtocolBufferException unprintable) {
      throw Failure.invalid("calendar", "cannot be read");
    }
  }

  private static Calendar write(CalendarDefinition definition) {
    Calendar.Builder message = Calendar.newBuilder();
    try {
      JsonFormat.parser().merge(CalendarFile.write(definition.calendar()), message);
    } catch (InvalidProtocolBufferException differentFields) {
      throw new IllegalStateException("The file format and the contract differ", differentFields);
    }
    Saved<BusinessCalendar> revision = definition.revision();
    if (revision == null) {
      return message.setShipped(true).build();
    }
    return message
        .setCreateTime(Fields.timestamp(revision.createTime()))
        .setUpdateTime(Fields.timestamp(revision.updateTime()))
        .setEtag(revision.etag())
        .build();
  }

  private static <T> void answer(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }
}
