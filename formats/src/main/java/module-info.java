/** Other file formats for record/replay logs. */
module rrlog.formats {
  requires transitive rrlog.core;
  requires static org.jspecify;
  requires com.esotericsoftware.kryo;
  requires com.github.luben.zstd_jni;
  requires tools.jackson.core;

// Add `exports rrlog.formats...;` with the first public class of a package: javac refuses to
// export an empty one.
}
