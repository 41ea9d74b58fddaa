/** The command {@code rrlog}. */
module rrlog.cli {
  requires rrlog.core;
  requires rrlog.formats;
  requires static org.jspecify;
  requires info.picocli;
  requires com.fasterxml.jackson.annotation;
  requires tools.jackson.databind;

  // picocli fills annotated fields by reflection.
  opens rrlog.cli.options to
      info.picocli;
  opens rrlog.cli.verb to
      info.picocli;

  // Jackson reads the documents' records by reflection.
  opens rrlog.cli.render.json to
      tools.jackson.databind;
}
