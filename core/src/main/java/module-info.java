/** QEMU record/replay logs: reading, writing, analysis and re-execution. */
module rrlog.core {
  requires static transitive org.jspecify;

  exports rrlog.core.analysis;
  exports rrlog.core.analysis.diff;
  exports rrlog.core.analysis.doctor;
  exports rrlog.core.event;
  exports rrlog.core.log;
  exports rrlog.core.machine.board.virt;
  exports rrlog.core.machine.board.virt.options;
  exports rrlog.core.machine.platform;
  exports rrlog.core.machine.platform.bus;
  exports rrlog.core.machine.platform.device;
  exports rrlog.core.machine.platform.disk;
  exports rrlog.core.machine.platform.image;
  exports rrlog.core.machine.riscv.hart;
  exports rrlog.core.machine.riscv.isa;
  exports rrlog.core.qemu;
  exports rrlog.core.replay;
  exports rrlog.core.run;
  exports rrlog.core.run.find;
  exports rrlog.core.run.look;
  exports rrlog.core.run.gdb;
  exports rrlog.core.run.qemu;
  exports rrlog.core.run.timeline;
  exports rrlog.core.run.trace;
  exports rrlog.core.state;
}
