package rrlog.core.qemu;

import static rrlog.core.qemu.Extension.A;
import static rrlog.core.qemu.Extension.C;
import static rrlog.core.qemu.Extension.D;
import static rrlog.core.qemu.Extension.F;
import static rrlog.core.qemu.Extension.H;
import static rrlog.core.qemu.Extension.I;
import static rrlog.core.qemu.Extension.M;
import static rrlog.core.qemu.Extension.S;
import static rrlog.core.qemu.Extension.SSTC;
import static rrlog.core.qemu.Extension.SVADU;
import static rrlog.core.qemu.Extension.SVVPTC;
import static rrlog.core.qemu.Extension.U;
import static rrlog.core.qemu.Extension.ZAWRS;
import static rrlog.core.qemu.Extension.ZBA;
import static rrlog.core.qemu.Extension.ZBB;
import static rrlog.core.qemu.Extension.ZBC;
import static rrlog.core.qemu.Extension.ZBS;
import static rrlog.core.qemu.Extension.ZFA;
import static rrlog.core.qemu.Extension.ZICBOM;
import static rrlog.core.qemu.Extension.ZICBOP;
import static rrlog.core.qemu.Extension.ZICBOZ;
import static rrlog.core.qemu.Extension.ZICNTR;
import static rrlog.core.qemu.Extension.ZICSR;
import static rrlog.core.qemu.Extension.ZIFENCEI;
import static rrlog.core.qemu.Extension.ZIHINTNTL;
import static rrlog.core.qemu.Extension.ZIHINTPAUSE;
import static rrlog.core.qemu.Extension.ZIHPM;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A CPU as a list of what it has.
 *
 * @param name as {@code -cpu} takes it, without properties
 * @param extensions what it has
 * @param largest how far its virtual addresses go
 * @param identity what it says of itself where a command line told it to
 */
public record CpuModel(
    String name, Set<Extension> extensions, SatpMode largest, Identity identity) {
  /**
   * What mvendorid, marchid and mimpid hold; each empty where it is the release's.
   *
   * @param vendor mvendorid, 32 bits
   * @param architecture marchid
   * @param implementation mimpid
   */
  public record Identity(
      OptionalLong vendor, OptionalLong architecture, OptionalLong implementation) {
    /** All of them the release's. */
    public static final Identity DEFAULT =
        new Identity(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  private static final Release V8_0 = Release.of("8.0.0");
  private static final Release V8_1 = Release.of("8.1.0");
  private static final Release V8_2 = Release.of("8.2.0");
  private static final Release V9_0 = Release.of("9.0.0");
  private static final Release V9_1 = Release.of("9.1.0");
  private static final Release V9_2 = Release.of("9.2.0");
  private static final Release V10_0 = Release.of("10.0.0");
  private static final Release V10_1 = Release.of("10.1.0");

  /** Releases in which a default of {@code rv64} was added, and what it was (cpu.c of each). */
  private static final List<Added> RV64 =
      List.of(
          new Added(
              Behaviour.FIRST,
              EnumSet.of(
                  I,
                  M,
                  A,
                  F,
                  D,
                  C,
                  S,
                  U,
                  H,
                  ZICSR,
                  ZIFENCEI,
                  ZIHINTPAUSE,
                  ZBA,
                  ZBB,
                  ZBC,
                  ZBS,
                  SSTC)),
          // Counters could not be switched off before 8.2, so they were not called an extension.
          new Added(Behaviour.FIRST, EnumSet.of(ZICNTR, ZIHPM)),
          new Added(V8_0, EnumSet.of(ZAWRS, ZICBOM, ZICBOZ, SVADU)),
          new Added(V8_1, EnumSet.of(ZFA)),
          new Added(V8_2, EnumSet.of(ZIHINTNTL)),
          new Added(V9_0, EnumSet.of(ZICBOP)),
          new Added(V9_2, EnumSet.of(SVVPTC)));

  private record Added(Release since, Set<Extension> extensions) {}

  /** The version of the privileged architecture that {@code rv64} has, as {@code priv_spec=}. */
  public static String privilegedVersion(Release release) {
    return release.atLeast(V9_1) ? "v1.13.0" : "v1.12.0";
  }

  /**
   * Names behind the letters in a device tree's isa string, in its order, with the release that
   * first writes them. Those of 7.2, 10.0 and 11.1 were read in trees that QEMU dumped, the others
   * in its history.
   */
  private static final List<Named> TREE_NAMES =
      List.of(
          new Named("zic64b", V9_0),
          new Named("zicbom", V8_0),
          new Named("zicbop", V9_0),
          new Named("zicboz", V8_0),
          new Named("ziccamoa", V9_0),
          new Named("ziccif", V9_0),
          new Named("zicclsm", V9_0),
          new Named("ziccrse", V10_0),
          new Named("zicond", V8_0),
          new Named("zicntr", V8_2),
          new Named("zicsr", Behaviour.FIRST),
          new Named("zifencei", Behaviour.FIRST),
          new Named("zihintntl", V8_2),
          new Named("zihintpause", Behaviour.FIRST),
          new Named("zihpm", V8_2),
          new Named("zmmul", V9_1),
          new Named("za64rs", V9_0),
          new Named("zaamo", V9_1),
          new Named("zalrsc", V9_1),
          new Named("zawrs", V8_0),
          new Named("zfa", V8_1),
          new Named("zca", V8_1),
          new Named("zcb", V8_1),
          new Named("zcd", V8_1),
          new Named("zba", Behaviour.FIRST),
          new Named("zbb", Behaviour.FIRST),
          new Named("zbc", Behaviour.FIRST),
          new Named("zbkb", Behaviour.FIRST),
          new Named("zbkc", Behaviour.FIRST),
          new Named("zbkx", Behaviour.FIRST),
          new Named("zbs", Behaviour.FIRST),
          new Named("zkt", Behaviour.FIRST),
          new Named("sdtrig", V10_1),
          new Named("shcounterenw", V10_0),
          new Named("shgatpa", V10_0),
          new Named("shtvala", V10_0),
          new Named("shvsatpa", V10_0),
          new Named("shvstvala", V10_0),
          new Named("shvstvecd", V10_0),
          new Named("ssccptr", V9_0),
          new Named("sscounterenw", V9_0),
          new Named("ssstrict", V10_1),
          new Named("sstc", Behaviour.FIRST),
          new Named("sstvala", V9_0),
          new Named("sstvecd", V9_0),
          new Named("ssu64xl", V9_0),
          new Named("svadu", V8_0),
          new Named("svinval", Behaviour.FIRST),
          new Named("svnapot", Behaviour.FIRST),
          new Named("svpbmt", Behaviour.FIRST),
          new Named("svvptc", V9_2));

  private record Named(String name, Release since) {}

  /** Copies the set. */
  public CpuModel {
    extensions = Collections.unmodifiableSet(EnumSet.copyOf(extensions));
  }

  /** The CPU that a command line without {@code -cpu} has. */
  public static CpuModel rv64(Release release) {
    EnumSet<Extension> all = EnumSet.noneOf(Extension.class);
    RV64.stream().filter(a -> release.atLeast(a.since())).forEach(a -> all.addAll(a.extensions()));
    return new CpuModel("rv64", all, SatpMode.SV57, Identity.DEFAULT);
  }

  /** The letters that a device tree's isa string begins with: {@code imafdch}. */
  public String letters() {
    return "imafdch"
        .chars()
        .mapToObj(Character::toString)
        .filter(letter -> Extension.named(letter).filter(extensions::contains).isPresent())
        .collect(Collectors.joining());
  }

  /**
   * The names behind the letters, in the order in which a release writes them. A name that is no
   * {@link Extension} says something about what cannot be switched.
   */
  public List<String> treeNames(Release release) {
    return TREE_NAMES.stream()
        .filter(named -> release.atLeast(named.since()))
        .map(Named::name)
        .filter(name -> Extension.named(name).map(extensions::contains).orElse(true))
        .toList();
  }

  /** Whether it has an extension. */
  public boolean has(Extension extension) {
    return extensions.contains(extension);
  }

  /** The same CPU with an extension on or off. */
  public CpuModel with(Extension extension, boolean on) {
    EnumSet<Extension> changed = EnumSet.copyOf(extensions);
    if (on) {
      changed.add(extension);
    } else {
      changed.remove(extension);
    }
    return new CpuModel(name, changed, largest, identity);
  }
}
