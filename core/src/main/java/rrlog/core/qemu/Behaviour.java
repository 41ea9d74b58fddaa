package rrlog.core.qemu;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a release does on the riscv64 {@code virt} board, as far as it is not the same in all
 * releases from 7.2.0 to 11.1.3.
 */
public final class Behaviour {
  /** The first release whose behaviour is known. */
  public static final Release FIRST = Release.of("7.2.0");

  /** Releases whose binaries were run to see what they do. */
  private static final Set<Release> MEASURED =
      Set.of(Release.of("7.2.22"), Release.of("10.0.13"), Release.of("11.1.3"));

  /** Bits of mideleg that belong to the hypervisor's interrupts. */
  private static final long HYPERVISOR_INTERRUPTS = 0x1444;

  private static final long ADUE = 1L << 61;
  private static final List<Change> HISTORY = BehaviourHistory.tell();

  /** Each as it was first asked for: there are some 70, and a log has many candidates. */
  private static final Map<Release, Behaviour> TOLD = new ConcurrentHashMap<>();

  private final Release release;
  private final EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);

  private Behaviour(Release release) {
    this.release = release;
    traits.addAll(BehaviourHistory.AT_7_2_0);
    for (Change change : HISTORY) {
      if (change.in(release)) {
        if (change.begins()) {
          traits.add(change.trait());
        } else {
          traits.remove(change.trait());
        }
      }
    }
  }

  /** All changes since 7.2.0, oldest first. */
  public static List<Change> history() {
    return HISTORY;
  }

  /** Releases whose behaviour is known, oldest first. */
  public static List<Release> known() {
    return Release.published().stream().filter(release -> release.atLeast(FIRST)).toList();
  }

  /**
   * The behaviour of a release.
   *
   * @throws IllegalArgumentException for a release before 7.2.0
   */
  public static Behaviour of(Release release) {
    if (!release.atLeast(FIRST)) {
      throw new IllegalArgumentException("what QEMU " + release + " does is not known");
    }
    return TOLD.computeIfAbsent(release, Behaviour::new);
  }

  /** The release that behaves like this. */
  public Release release() {
    return release;
  }

  /** Whether the release does that. */
  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** All that the release does; not to be changed. */
  public Set<Trait> traits() {
    return Collections.unmodifiableSet(traits);
  }

  /** Whether a binary of the release was run to see what it does; otherwise it was read about. */
  public boolean measured() {
    return MEASURED.contains(release);
  }

  /** What one of both releases does and the other does not. */
  public Set<Trait> differences(Behaviour other) {
    EnumSet<Trait> either = EnumSet.copyOf(traits);
    either.addAll(other.traits);
    either.removeIf(trait -> has(trait) == other.has(trait));
    return either;
  }

  /** What marchid shows: a byte each of the release's three numbers, 0, or 42. */
  public long marchid() {
    return has(Trait.MARCHID_42) ? 42 : mimpid();
  }

  /** What mimpid shows: a byte each of the release's three numbers, or 0. */
  public long mimpid() {
    return has(Trait.IDENTITY_ZERO)
        ? 0
        : (long) release.major() << 16 | (long) release.minor() << 8 | release.point();
  }

  /** What menvcfg holds after a reset. */
  public long menvcfgAtReset() {
    return has(Trait.MENVCFG_ADUE) ? ADUE : 0;
  }

  /** What mideleg holds when the machine starts. */
  public long midelegAtStart() {
    return has(Trait.MIDELEG_FROM_START) ? HYPERVISOR_INTERRUPTS : 0;
  }

  /** The board {@code virt} as the release makes it. */
  public BoardProfile board() {
    return BoardProfile.virt(this);
  }

  @Override
  public String toString() {
    return "behaviour of QEMU " + release;
  }
}
