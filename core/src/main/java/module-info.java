/** QEMU record/replay logs: reading, writing, analysis and re-execution. */
module rrlog.core {
  requires static transitive org.jspecify;

  exports rrlog.core.event;
  exports rrlog.core.log;
  exports rrlog.core.analysis;
}
