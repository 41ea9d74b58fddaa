/** QEMU record/replay logs: reading, writing, analysis and re-execution. */
module rrlog.core {
  requires static org.jspecify;

// Add `exports rrlog.core.<package>;` with the first public class of a package: javac refuses to
// export an empty one.
}
