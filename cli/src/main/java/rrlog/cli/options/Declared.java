package rrlog.cli.options;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import rrlog.core.analysis.LogPosition;

/**
 * Tells picocli what a command takes, in the order in which its help shows it, and what is done
 * with each value. Told by calls instead of annotations: to read those, the JVM makes a class for
 * each kind of them, and looks for each field, which took a third of a start.
 */
public final class Declared {
  private final CommandSpec command;
  private final Consumer<ArgSpec> to;

  /** Of a command that takes nothing yet. */
  public Declared(CommandSpec command) {
    this(command, command::add);
  }

  private Declared(CommandSpec command, Consumer<ArgSpec> to) {
    this.command = command;
    this.to = to;
  }

  /** The command, for who asks what was typed. */
  public CommandSpec command() {
    return command;
  }

  /** What the command's help says beside its options. */
  public UsageMessageSpec help() {
    return command.usageMessage();
  }

  /**
   * The beginning of an option with a value.
   *
   * @param name such as {@code --until}
   * @param label what the help calls the value
   * @param description lines of the help
   */
  public static OptionSpec.Builder option(String name, String label, String... description) {
    return OptionSpec.builder(name).paramLabel(label).description(description);
  }

  /** An option that is given or not. */
  public Declared flag(String name, String description, Consumer<Boolean> set) {
    return flag(OptionSpec.builder(name).description(description), set);
  }

  /** An option that is given or not, with more to tell about it. */
  public Declared flag(OptionSpec.Builder option, Consumer<Boolean> set) {
    return one(option, boolean.class, set);
  }

  /** An option whose value is a word. */
  public Declared word(OptionSpec.Builder option, Consumer<String> set) {
    return one(option, String.class, set);
  }

  /** An option whose value is a place in a log. */
  public Declared position(OptionSpec.Builder option, Consumer<LogPosition> set) {
    return one(option.converters(new PositionConverter()), LogPosition.class, set);
  }

  /** An option whose value is of a type that picocli knows how to read. */
  public <T> Declared one(OptionSpec.Builder option, Class<T> type, Consumer<? super T> set) {
    Bound bound = new Bound(set);
    return add(option.type(type).getter(bound).setter(bound).build());
  }

  /** An option with a word, which may be repeated. */
  public Declared words(OptionSpec.Builder option, Consumer<List<String>> set) {
    return many(option, String.class, set);
  }

  /** An option with a place in a log, which may be repeated. */
  public Declared positions(OptionSpec.Builder option, Consumer<List<LogPosition>> set) {
    return many(option.converters(new PositionConverter()), LogPosition.class, set);
  }

  private <T> Declared many(OptionSpec.Builder option, Class<T> type, Consumer<List<T>> set) {
    option.type(List.class).auxiliaryTypes(type);
    Bound bound = new Bound(set);
    return add(option.getter(bound).setter(bound).build());
  }

  /**
   * The words that are no options.
   *
   * @param label what the help calls them
   * @param arity how many there may be, such as {@code 1..*}
   */
  public Declared parameters(
      String label, String arity, String description, Consumer<List<String>> set) {
    return parameters(label, arity, description, false, set);
  }

  /** Words that are no options, and of which the help says nothing. */
  public Declared hiddenParameters(Consumer<List<String>> set) {
    return parameters("", "0..*", "", true, set);
  }

  private Declared parameters(
      String label, String arity, String description, boolean hidden, Consumer<List<String>> set) {
    PositionalParamSpec.Builder words =
        PositionalParamSpec.builder().paramLabel(label).description(description).hidden(hidden);
    words.required(!arity.startsWith("0"));
    words.index("0..*").arity(arity).type(List.class).auxiliaryTypes(String.class);
    Bound bound = new Bound(set);
    return add(words.getter(bound).setter(bound).build());
  }

  /** The one word that is no option and has to be there. */
  public Declared parameter(String label, String description, Consumer<String> set) {
    PositionalParamSpec.Builder word =
        PositionalParamSpec.builder().paramLabel(label).description(description);
    word.index("0").arity("1").required(true).type(String.class);
    Bound bound = new Bound(set);
    return add(word.getter(bound).setter(bound).build());
  }

  /**
   * Options of which at most one may be given.
   *
   * @param required whether one has to be
   */
  public Declared oneOf(boolean required, Consumer<Declared> options) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().exclusive(true).multiplicity(required ? "1" : "0..1");
    options.accept(new Declared(command, group::addArg));
    command.addArgGroup(group.build());
    return this;
  }

  private Declared add(ArgSpec told) {
    to.accept(told);
    return this;
  }

  /** Where picocli puts a value, and finds it again while a list grows. */
  private static final class Bound implements IGetter, ISetter {
    private final Consumer<Object> told;
    private @Nullable Object value;

    /** Values will be of the type that was declared with them. */
    @SuppressWarnings("unchecked")
    Bound(Consumer<?> told) {
      this.told = (Consumer<Object>) told;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as picocli declares it
    public <T> @Nullable T get() {
      return (T) value;
    }

    @Override
    public <T> @Nullable T set(@Nullable T newValue) {
      T before = get();
      value = newValue;
      if (newValue != null) {
        told.accept(newValue);
      }
      return before;
    }
  }
}
