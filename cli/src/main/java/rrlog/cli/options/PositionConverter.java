package rrlog.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import rrlog.core.analysis.LogPosition;

/** Reads a position of the command line. */
final class PositionConverter implements ITypeConverter<LogPosition> {
  @Override
  public LogPosition convert(String text) {
    return LogPosition.parse(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not a position (event:N, icount:N, offset:N or N)"));
  }
}
