package rrlog.cli.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import rrlog.core.analysis.SliceImpossibleException;
import rrlog.core.log.MalformedLogException;

/** The words for what went wrong with a file. */
public final class Failures {
  private Failures() {}

  /** One line without the file's name. */
  public static String describe(IOException failure) {
    String told = failure.getMessage();
    String what =
        switch (failure) {
          case NoSuchFileException _ -> "no such file or directory";
          case AccessDeniedException _ -> "permission denied";
          case FileAlreadyExistsException _ -> "exists already";
          case NotDirectoryException _ -> "not a directory";
          case FileSystemException system when system.getReason() != null -> system.getReason();
          default -> told == null ? failure.getClass().getSimpleName() : told;
        };
    return what.lines().findFirst().orElse("failed") + remedy(failure);
  }

  /** Which option helps, where one does; only here are options known. */
  private static String remedy(IOException failure) {
    return switch (failure) {
      case MalformedLogException log ->
          switch (log.reason()) {
            case UNKNOWN_VERSION -> "; a dialect can be stated with --dialect";
            case INEXPRESSIBLE -> "; --lossy leaves it out";
            case MALFORMED -> "";
          };
      case SliceImpossibleException slice ->
          switch (slice.reason()) {
            case BEGINS_LATER -> "; --for analysis cuts it as it is";
            case NOTHING_THERE, NOT_REPLAYABLE -> "";
          };
      default -> "";
    };
  }
}
