package rrlog.core.qemu;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a command line says of its CPU ({@code -cpu rv64,zba=off}); which extensions that means
 * depends on the release.
 *
 * @param switches extensions that are told to be there or not
 * @param largest how far virtual addresses go, where that is told
 * @param identity what the CPU is told to say of itself
 */
public record CpuOption(
    Map<Extension, Boolean> switches, Optional<SatpMode> largest, CpuModel.Identity identity) {
  /** A command line that says nothing. */
  public static final CpuOption DEFAULT = new CpuOption(Map.of());

  /** Copies the map. */
  public CpuOption {
    EnumMap<Extension, Boolean> copy = new EnumMap<>(Extension.class);
    copy.putAll(switches);
    switches = Collections.unmodifiableMap(copy);
  }

  /** A command line that only switches extensions. */
  public CpuOption(Map<Extension, Boolean> switches) {
    this(switches, Optional.empty(), CpuModel.Identity.DEFAULT);
  }

  /** The CPU that a release makes of it. */
  public CpuModel of(Release release) {
    CpuModel model = CpuModel.rv64(release);
    for (Map.Entry<Extension, Boolean> entry : switches.entrySet()) {
      model = model.with(entry.getKey(), entry.getValue());
    }
    return new CpuModel(
        model.name(), model.extensions(), largest.orElse(model.largest()), identity);
  }
}
