/** Other file formats for record/replay logs. */
module rrlog.formats {
  requires transitive rrlog.core;
  requires static org.jspecify;
  requires com.esotericsoftware.kryo;
  requires com.github.luben.zstd_jni;
  requires tools.jackson.core;

  exports rrlog.formats;
  exports rrlog.formats.archive;
  exports rrlog.formats.archive.api;
  exports rrlog.formats.file;
  exports rrlog.formats.jsonl;
  exports rrlog.formats.slice;
  exports rrlog.formats.snapshot;
}
