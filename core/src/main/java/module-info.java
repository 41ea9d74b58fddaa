/** QEMU record/replay logs: reading, writing, analysis and re-execution. */
module rrlog.core {
  requires static transitive org.jspecify;

  exports rrlog.core.analysis;
  exports rrlog.core.analysis.diff;
  exports rrlog.core.event;
  exports rrlog.core.log;
  exports rrlog.core.machine.bus;
  exports rrlog.core.machine.device;
  exports rrlog.core.machine.elf;
  exports rrlog.core.machine.hart;
  exports rrlog.core.machine.isa;
  exports rrlog.core.machine.virt;
  exports rrlog.core.machine.virt.options;
  exports rrlog.core.replay;
}
