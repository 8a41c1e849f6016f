import SpikeTraces

/// How much a published accelerator's task is like one of ours: whether figures may stand side by side.
///
/// Even on the same data, networks, accuracies and devices differ.
public enum Likeness: String, CaseIterable, Comparable, Hashable, Codable, Sendable {
  /// Images of the same data set.
  case sameData = "same data set"
  /// Images of the same size, of another data set.
  case sameSize = "images of the same size"
  /// Something else.
  case different = "other images"

  /// The likest first.
  public static func < (left: Likeness, right: Likeness) -> Bool {
    let order = Self.allCases
    return order.firstIndex(of: left) ?? 0 < order.firstIndex(of: right) ?? 0
  }
}

extension PublishedAccelerator {
  /// How much its task is like another one.
  ///
  /// - Parameters:
  ///   - data: the other one's data set; case and punctuation do not matter.
  ///   - image: an image of it; nil if that is not known.
  /// - Returns: the likeness.
  public func likeness(to data: String, input image: LayerShape?) -> Likeness {
    func plain(_ name: String) -> String {
      String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }
    if plain(self.data) == plain(data) { return .sameData }
    return image.map { $0.description == input } == true ? .sameSize : .different
  }

  /// Images a second, as published or one after another at the published latency.
  public var framesPerSecond: Double? {
    imagesPerSecond ?? latencySeconds.flatMap { $0 > 0 ? 1 / $0 : nil }
  }
}
