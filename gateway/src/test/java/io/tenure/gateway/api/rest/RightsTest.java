package io.tenure.gateway.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.tenure.proto.access.v1.AccessServiceOuterClass;
import io.tenure.proto.event.v1.CollectorServiceOuterClass;
import io.tenure.proto.experiment.v1.AssignmentServiceOuterClass;
import io.tenure.proto.experiment.v1.ExposureServiceOuterClass;
import io.tenure.proto.experiment.v1.FlagServiceOuterClass;
import io.tenure.proto.experiment.v1.StatisticsServiceOuterClass;
import io.tenure.proto.sdk.v1.SdkServiceOuterClass;
import io.tenure.proto.segment.v1.SegmentServiceOuterClass;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RightsTest {

  private static Map<String, Rights> of(ServiceDescriptor service) {
    Map<String, Rights> rights = new TreeMap<>();
    for (MethodDescriptor method : service.getMethods()) {
      rights.put(method.getName(), Rights.of(method));
    }
    return rights;
  }

  @Test
  void opensOnlySignInAndHealthToEverybody() {
    Map<String, Rights> rights =
        of(AccessServiceOuterClass.getDescriptor().getServices().getFirst());
    assertThat(rights)
        .containsEntry("CreateSession", Rights.EVERYBODY)
        .containsEntry("GetHealth", Rights.EVERYBODY)
        .containsEntry("GetCaller", Rights.READERS)
        .containsEntry("DeleteSession", Rights.READERS)
        .containsEntry("ListKeys", Rights.ADMINISTRATORS)
        .containsEntry("CreateKey", Rights.ADMINISTRATORS)
        .containsEntry("RevokeKey", Rights.ADMINISTRATORS)
        .containsEntry("CreateProject", Rights.ADMINISTRATORS);
  }

  @Test
  void letsAnyKeySendEventsAndNothingElse() {
    Map<String, Rights> rights =
        of(CollectorServiceOuterClass.getDescriptor().getServices().getFirst());
    assertThat(rights).containsEntry("Collect", Rights.WRITERS);
    assertThat(rights.values()).filteredOn(Rights.WRITERS::equals).hasSize(1);
  }

  @Test
  void letsAnyKeySayWhatWasSeen() {
    assertThat(of(ExposureServiceOuterClass.getDescriptor().getServices().getFirst()))
        .containsOnly(Map.entry("RecordExposures", Rights.WRITERS));
  }

  @Test
  void letsAnalystsAskWhyAFlagIsAsItIs() {
    assertThat(of(FlagServiceOuterClass.getDescriptor().getServices().getFirst()))
        .containsEntry("ExplainFlag", Rights.READERS)
        .containsEntry("UpdateFlag", Rights.EDITORS)
        .containsEntry("ImportFlags", Rights.EDITORS);
  }

  @Test
  void letsEditorsChangeAndAnalystsAsk() {
    Map<String, Rights> rights =
        of(SegmentServiceOuterClass.getDescriptor().getServices().getFirst());
    assertThat(rights)
        .containsEntry("CreateSegment", Rights.EDITORS)
        .containsEntry("ComputeSegment", Rights.EDITORS)
        .containsEntry("Evaluate", Rights.READERS)
        .containsEntry("ListMembers", Rights.READERS);
  }

  @Test
  void leavesEncryptionKeysToAdministrators() {
    Map<String, Rights> rights = of(SdkServiceOuterClass.getDescriptor().getServices().getFirst());
    assertThat(rights)
        .containsEntry("CreateEncryptionKey", Rights.ADMINISTRATORS)
        .containsEntry("RetireEncryptionKey", Rights.ADMINISTRATORS)
        .containsEntry("DestroyEncryptionKey", Rights.ADMINISTRATORS)
        .containsEntry("ListEncryptionKeys", Rights.READERS)
        .containsEntry("GetRemoteConfig", Rights.READERS)
        .containsEntry("UpdateRemoteConfig", Rights.EDITORS);
  }

  @Test
  void letsAnalystsCalculate() {
    assertThat(of(StatisticsServiceOuterClass.getDescriptor().getServices().getFirst()))
        .containsEntry("CalculatePower", Rights.READERS)
        .containsEntry("WeighBandit", Rights.READERS)
        .allSatisfy((_, rights) -> assertThat(rights).isEqualTo(Rights.READERS));
  }

  @Test
  void letsAnalystsAssign() {
    assertThat(of(AssignmentServiceOuterClass.getDescriptor().getServices().getFirst()))
        .containsEntry("Assign", Rights.READERS)
        .containsEntry("AssignBatch", Rights.READERS)
        .containsEntry("GetAllocationSql", Rights.READERS);
  }
}
