package rrlog.cli.render.json;

import java.util.List;
import rrlog.core.event.EventKind;
import rrlog.core.log.Dialect;

/** A layout, as {@code dialects --json} prints it; {@code docs/schema/dialects.schema.json}. */
public record DialectDocument(
    String id,
    String version,
    List<String> releases,
    String change,
    String asyncStyle,
    List<String> asyncKinds,
    String keys,
    List<String> codes) {

  /** The document of a dialect. */
  public static DialectDocument of(Dialect dialect) {
    return new DialectDocument(
        dialect.id(),
        dialect.versionText(),
        dialect.releases().map(range -> List.of(range.first(), range.last())).orElse(List.of()),
        dialect.change(),
        dialect.asyncStyle().label(),
        dialect.asyncKinds().stream().map(EventKind::label).toList(),
        dialect.keys().id(),
        dialect.codes().stream().map(code -> code.qemuName()).toList());
  }
}
