import Accelerator

extension PlatformDescription {
  /// All platforms, a paragraph each.
  ///
  /// - Parameters:
  ///   - platforms: the platforms.
  ///   - style: what the device can show.
  /// - Returns: the text, ending in a line break.
  public static func overview(_ platforms: [PlatformDescription], _ style: TextStyle) -> String {
    var page = DefinitionPage(style)
    page.heading("Platforms")
    page.paragraph(
      """
      The published accelerators that can be replayed. 'lockstep platforms NAME' shows one of them, \
      with --explain every detail.
      """)
    for platform in platforms {
      page.entry(
        platform.platform.rawValue, "",
        [
          platform.summary, "Source: \(platform.source)",
          "\(NumberFormat.amount(platform.quirks.count, of: "quirk")); \(platform.document)",
        ])
    }
    return page.text
  }

  /// The platform for a person at a terminal.
  ///
  /// - Parameters:
  ///   - style: what the device can show.
  ///   - explains: whether to show every state, statistic and repair.
  /// - Returns: the text, ending in a line break.
  public func text(_ style: TextStyle, explains: Bool) -> String {
    var page = DefinitionPage(style)
    page.heading("\(platform.rawValue): \(summary)")
    page.paragraph("Source: \(source). Documentation: \(document).")
    page.paragraph("Hand-over: \(handshake).")
    for component in components { add(component, to: &page, explains: explains) }
    page.heading("Quirks")
    page.paragraph(
      """
      Oddities of the published design that change cycles or counts. All are present unless --quirks \
      or the hardware file says otherwise.
      """)
    for quirk in quirks {
      let details = ["repaired: \(quirk.repair)", "see '\(quirk.section)' in \(document)"]
      page.entry(quirk.name, "", [quirk.explanation] + (explains ? details : []))
    }
    guard explains else { return page.text }
    page.heading("Statistics")
    page.paragraph("What a replay counts for every layer.")
    for statistic in statistics {
      page.entry(statistic.name, "(\(statistic.unit))", [statistic.explanation])
    }
    if !valueQuirks.isEmpty {
      page.heading("Oddities of the data path")
      page.paragraph(
        """
        They change which spikes come out, not when. A replay takes spikes as they were recorded, so \
        there is nothing to switch.
        """)
      for quirk in valueQuirks { page.item(quirk) }
    }
    return page.text
  }

  private func add(_ component: Component, to page: inout DefinitionPage, explains: Bool) {
    page.heading("Layers of kind '\(component.kind.rawValue)'")
    page.paragraph(component.summary.prefix(1).uppercased() + component.summary.dropFirst() + ".")
    page.subheading("Keys of a hardware file")
    for parameter in component.parameters {
      let values = parameter.valuesText + parameter.unitText
      let absent = parameter.isRequired ? "required" : "if absent: \(parameter.defaultText)"
      page.entry(parameter.key, "\(values); \(absent)", explains ? [parameter.help] : [])
    }
    page.subheading("Engines and their states")
    for engine in component.engines {
      guard explains else {
        page.entry(engine.name, "", [engine.states.map(\.name).joined(separator: ", ")])
        continue
      }
      page.entry(engine.name, "", [])
      for state in engine.states {
        page.entry(
          state.name, "(\(state.activity.rawValue)) \(state.explanation)", [], level: 2)
      }
    }
  }
}

/// A page of names and what they mean, broken into lines that fit the device.
private struct DefinitionPage {
  private let style: TextStyle
  private var lines: [String] = []

  init(_ style: TextStyle) { self.style = style }

  /// The page, ending in a line break.
  var text: String { style.adapted(lines.joined(separator: "\n") + "\n") }

  mutating func heading(_ text: String) {
    if !lines.isEmpty { lines.append("") }
    lines += style.wrapped(text).map { style.emphasised($0, .title) }
  }

  mutating func subheading(_ text: String) {
    lines += style.wrapped(text + ":", indent: 2).map { style.emphasised($0, .faint) }
  }

  mutating func paragraph(_ text: String) { lines += style.wrapped(text, indent: 2) }

  mutating func item(_ text: String) { lines += style.wrapped("- " + text, indent: 2) }

  /// A name with a remark behind it, and paragraphs below.
  mutating func entry(_ name: String, _ remark: String, _ paragraphs: [String], level: Int = 1) {
    let indent = 2 * level + 2
    let wrapped = style.wrapped(name + (remark.isEmpty ? "" : ": " + remark), indent: indent)
    for (index, line) in wrapped.enumerated() {
      let isContinued = index > 0
      lines.append((isContinued ? "    " : "") + line)
    }
    for paragraph in paragraphs { lines += style.wrapped(paragraph, indent: indent + 4) }
  }
}
