package rrlog.core.run.gdb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The registers in XML (<i>Debugging with GDB</i>, "Target Descriptions"). */
final class TargetDescription {
  private TargetDescription() {}

  static String xml(List<Register> registers) {
    Map<String, StringBuilder> features = new LinkedHashMap<>();
    for (Register register : registers) {
      features
          .computeIfAbsent(register.feature(), name -> new StringBuilder())
          .append(
              "<reg name=\"%s\" bitsize=\"%d\" regnum=\"%d\" type=\"%s\"/>\n"
                  .formatted(register.name(), register.bits(), register.number(), register.type()));
    }
    StringBuilder xml =
        new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n");
    xml.append("<target>\n<architecture>riscv:rv64</architecture>\n");
    features.forEach(
        (name, body) ->
            xml.append("<feature name=\"")
                .append(name)
                .append("\">\n")
                .append(body)
                .append("</feature>\n"));
    return xml.append("</target>\n").toString();
  }
}
