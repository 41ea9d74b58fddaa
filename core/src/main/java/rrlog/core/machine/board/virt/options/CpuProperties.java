package rrlog.core.machine.board.virt.options;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.CpuOption;
import rrlog.core.qemu.Extension;
import rrlog.core.qemu.Release;
import rrlog.core.qemu.SatpMode;

/**
 * {@code -cpu}: which of QEMU's CPUs, and what of it is on or off.
 *
 * <p>A property that says what is so anyway is taken, one that the machine can follow is followed,
 * any other is refused by its name. Names are those that {@code -cpu help} and {@code -device
 * rv64-riscv-cpu,help} show in 7.2.22, 10.0.13 and 11.1.3.
 */
final class CpuProperties {
  /** What the machine lacks for QEMU's other CPUs. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry(
              "max", "V (vectors), Zfh, Zk, Zacas, Zabha, Smaia, Smstateen, Ssctr and others"),
          Map.entry("any", "a CPU without H"),
          Map.entry("rv64i", "a CPU without S and H"),
          Map.entry("rv64e", "a CPU with sixteen registers"),
          Map.entry("rva22u64", "Zfhmin, and a CPU without S and H"),
          Map.entry("rva22s64", "Zfhmin, and a CPU without H"),
          Map.entry("rva23u64", "V (vectors), Zfhmin, Zimop, Zcmop, and a CPU without S"),
          Map.entry("rva23s64", "V (vectors), Zfhmin, Zimop, Zcmop, Supm, Ssnpm"),
          Map.entry("shakti-c", "version 1.10 of the privileged architecture"),
          Map.entry("sifive-e51", "version 1.10 of the privileged architecture, and no MMU"),
          Map.entry("sifive-u54", "version 1.10 of the privileged architecture"),
          Map.entry("thead-c906", "the instructions of XThead"),
          Map.entry("thead-c908", "the instructions of XThead"),
          Map.entry("thead-c908v", "V (vectors) and the instructions of XThead"),
          Map.entry("veyron-v1", "XVentanaCondOps, Smaia, Smstateen and others"),
          Map.entry("tt-ascalon", "V (vectors), Smaia and others"),
          Map.entry("xiangshan-nanhu", "Zk and others"),
          Map.entry("xiangshan-kunminghu", "V (vectors), Zk, Smaia and others"),
          Map.entry("mips-p8700", "the vendor's instructions"),
          Map.entry("x-rv128", "registers of 128 bits"));

  /** On in rv64 without being a switch of the machine's. */
  private static final Set<String> ALWAYS_ON =
      Set.of("mmu", "pmp", "debug", "zmmul", "zaamo", "zalrsc", "zca", "zcd", "sdtrig", "ziccrse");

  /** Of no effect: {@code g} stands for what is on, the others are of vectors. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "g",
          "rvv_ta_all_1s",
          "rvv_ma_all_1s",
          "rvv_vl_half_avl",
          "rvv_vsetvl_x0_vill",
          "vext_spec",
          "vlen",
          "elen");

  /** Off in rv64, and the machine has nothing of it. */
  private static final Set<String> ALWAYS_OFF =
      Set.of(
          "e",
          "b",
          "zcf",
          "zce",
          "zcmp",
          "zcmt",
          "zfinx",
          "zdinx",
          "zhinx",
          "zhinxmin",
          "zk",
          "zkn",
          "zknd",
          "zkne",
          "zknh",
          "zkr",
          "zks",
          "zksed",
          "zksh",
          "zve32f",
          "zve32x",
          "zve64f",
          "zve64d",
          "zve64x",
          "zvfh",
          "zvfhmin",
          "zvbb",
          "zvbc",
          "zvkb",
          "zvkg",
          "zvkn",
          "zvknc",
          "zvkned",
          "zvkng",
          "zvknha",
          "zvknhb",
          "zvks",
          "zvksc",
          "zvksed",
          "zvksg",
          "zvksh",
          "zvkt",
          "zfbfmin",
          "zvfbfmin",
          "zvfbfwma",
          "zabha",
          "zama16b",
          "zalasr",
          "ztso",
          "zimop",
          "zcmop",
          "zicfilp",
          "zicfiss",
          "smaia",
          "ssaia",
          "smepmp",
          "ssstateen",
          "smcntrpmf",
          "smcdeleg",
          "ssccfg",
          "smcsrind",
          "sscsrind",
          "smctr",
          "ssctr",
          "smnpm",
          "smmpm",
          "ssnpm",
          "sspm",
          "supm",
          "smrnmi",
          "smdbltrp",
          "ssdbltrp",
          "svrsw60t59b",
          "sha",
          "x-epmp",
          "x-aia",
          "x-smaia",
          "x-ssaia",
          "x-j",
          "x-zmmul",
          "x-svukte",
          "x-misa-w",
          "big-endian",
          "short-isa-string",
          "start-powered-off",
          "xventanacondops",
          "xtheadba",
          "xtheadbb",
          "xtheadbs",
          "xtheadcmo",
          "xtheadcondmov",
          "xtheadfmemidx",
          "xtheadfmv",
          "xtheadmac",
          "xtheadmemidx",
          "xtheadmempair",
          "xtheadsync");

  private final KeyValues cpu;
  private final CpuModel model;
  private final Release release;
  private final Map<Extension, Boolean> switches = new EnumMap<>(Extension.class);
  private final Map<SatpMode, Boolean> modes = new EnumMap<>(SatpMode.class);

  private CpuProperties(KeyValues cpu, Release release) {
    this.cpu = cpu;
    this.release = release;
    this.model = CpuModel.rv64(release);
  }

  /**
   * What a command line says of its CPU.
   *
   * @throws BadOptionException where the machine has no such CPU, naming what is missing
   */
  static CpuOption parse(KeyValues cpu, Release release) throws BadOptionException {
    return new CpuProperties(cpu, release).parse();
  }

  private CpuOption parse() throws BadOptionException {
    String name = cpu.require("model");
    if (!name.equals("rv64")) {
      throw lacking(name);
    }
    for (String key : cpu.keys()) {
      if (!key.equals("model")) {
        property(key);
      }
    }
    return new CpuOption(
        switches,
        largest(),
        new CpuModel.Identity(identity("mvendorid"), identity("marchid"), identity("mimpid")));
  }

  private BadOptionException lacking(String name) {
    String lacks = OTHERS.get(name);
    return lacks == null
        ? cpu.bad("model")
        : new BadOptionException(
            cpu.option() + ": model=" + name + " is not supported: it needs " + lacks);
  }

  private void property(String key) throws BadOptionException {
    // Before 10.1 some names of several letters began with a capital one.
    String name = key.startsWith("Z") ? key.toLowerCase(Locale.ROOT) : key;
    switch (name) {
      case "mvendorid", "marchid", "mimpid" -> {}
      case "sv39", "sv48", "sv57" ->
          modes.put(SatpMode.valueOf(name.toUpperCase(Locale.ROOT)), cpu.flag(key, true));
      case "priv_spec" ->
          require(key, cpu.get(key).equals(Optional.of(CpuModel.privilegedVersion(release))));
      case "cbom_blocksize", "cbop_blocksize", "cboz_blocksize" ->
          require(key, cpu.number(key, 64) == 64);
      case "pmu-num", "num-pmp-regions" -> require(key, cpu.number(key, 16) == 16);
      case "num-triggers" -> require(key, cpu.number(key, 2) == 2);
      case "resetvec" -> require(key, cpu.number(key, 0x1000) == 0x1000);
      default -> {
        Optional<Extension> extension = Extension.named(name);
        if (extension.isPresent()) {
          extension(key, extension.get());
        } else if (!WITHOUT_EFFECT.contains(name)) {
          require(key, ALWAYS_ON.contains(name) || ALWAYS_OFF.contains(name));
          require(key, cpu.flag(key, true) == ALWAYS_ON.contains(name));
        }
      }
    }
  }

  private void extension(String key, Extension extension) throws BadOptionException {
    boolean on = cpu.flag(key, true);
    if (on != model.has(extension)) {
      require(key, extension.canBeSwitched());
      switches.put(extension, on);
    }
  }

  private void require(String key, boolean possible) throws BadOptionException {
    if (!possible) {
      throw cpu.bad(key);
    }
  }

  private OptionalLong identity(String key) throws BadOptionException {
    return cpu.get(key).isPresent() ? OptionalLong.of(cpu.unsigned(key, 0)) : OptionalLong.empty();
  }

  /** The longest mode that is switched on, else the one below the shortest that is off. */
  private Optional<SatpMode> largest() throws BadOptionException {
    Optional<SatpMode> on = Optional.empty();
    for (Map.Entry<SatpMode, Boolean> mode : modes.entrySet()) {
      if (mode.getValue()) {
        on = Optional.of(mode.getKey());
      }
    }
    Optional<SatpMode> below = Optional.empty();
    for (SatpMode mode : SatpMode.values()) {
      if (Boolean.FALSE.equals(modes.get(mode))) {
        // A mode that is off leaves off those above it; without the first there would be none.
        if (mode == SatpMode.SV39 || on.filter(m -> m.compareTo(mode) > 0).isPresent()) {
          throw cpu.bad(mode.label());
        }
        return on.isPresent() ? on : below;
      }
      below = Optional.of(mode);
    }
    return on;
  }
}
