package rrlog.formats.archive.api;

/** A part of the log cannot be read from its archive; what stands after it may be whole. */
public final class DamagedBlockException extends MalformedArchiveException {
  private static final long serialVersionUID = 1L;

  private final transient Damage damage;

  public DamagedBlockException(Damage damage) {
    super(damage.toString());
    this.damage = damage;
  }

  /** What is damaged. */
  public Damage damage() {
    return damage;
  }
}
