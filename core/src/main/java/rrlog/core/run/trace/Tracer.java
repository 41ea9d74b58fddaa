package rrlog.core.run.trace;

import rrlog.core.machine.riscv.hart.Probe;

/** Looks at each instruction of a run: is called before and after it, and told of traps. */
public interface Tracer {
  /** An instruction is about to be executed. */
  void before();

  /** It was executed, or raised an exception. */
  void after();

  /** To be told of traps, and of nothing else. */
  Probe traps();
}
