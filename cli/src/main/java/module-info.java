/** The command {@code rrlog}. */
module rrlog.cli {
  requires rrlog.core;
  requires rrlog.formats;
  requires static org.jspecify;
  requires info.picocli;
  requires tools.jackson.databind;

  // picocli fills annotated fields by reflection.
  opens rrlog.cli to
      info.picocli;
}
