import CheckedYAML
import Foundation
import Yams

/// A published accelerator's figures on one data set.
public struct PublishedAccelerator: Hashable, Codable, Sendable {
  /// A figure that can be derived from others.
  public enum Figure: String, CaseIterable, Hashable, Codable, Sendable {
    /// Power, W.
    case power
    /// Energy of an image, J.
    case energy
    /// Images a joule, FPS/W.
    case imagesPerJoule = "images-per-joule"
  }

  /// What it is called.
  public var name: String
  /// Where it was published.
  public var publication: String
  /// What it was built on.
  public var device: String
  /// The data set.
  public var data: String
  /// An image, channels x height x width: `1x28x28`.
  public var input: String
  /// Images answered right, percent.
  public var accuracy: Double?
  /// The latency of an image, s.
  public var latencySeconds: Double?
  /// Images a second.
  public var imagesPerSecond: Double?
  /// Power, W.
  public var power: Double?
  /// The energy of an image, J.
  public var energyPerImage: Double?
  /// Images a joule, which is FPS/W.
  public var imagesPerJoule: Double?
  /// Figures that were computed from the others.
  public var derived: [Figure]
  /// Whether the figures were read in a third party's text instead of in the paper.
  public var isSecondHand: Bool
  /// Where the figures were read.
  public var source: String

  /// The accelerators that come with the program.
  ///
  /// - Returns: one row an accelerator and data set.
  /// - Throws: ``EstimationError`` if the data are not beside the program, or damaged.
  public static func all() throws(EstimationError) -> [PublishedAccelerator] {
    try read(path: DeviceLibrary.publishedAccelerators())
  }

  /// Reads a file of accelerators.
  ///
  /// - Parameter path: where it is.
  /// - Returns: its rows.
  /// - Throws: ``EstimationError`` with file, line and remedy, for the first thing that is wrong.
  public static func read(path: String) throws(EstimationError) -> [PublishedAccelerator] {
    let file = try DataFile(path: path, keys: ["accelerators"], noun: "file of accelerators").fields
    return try EstimationError.reading { () throws(YAMLTextError) in
      guard case .sequence(let entries)? = file.node("accelerators") else {
        throw file.mismatch("accelerators", "give a list with one entry an accelerator")
      }
      var accelerators: [PublishedAccelerator] = []
      for entry in entries {
        let fields = try YAMLFields(
          entry, path: path, line: entry.mark?.line ?? 1, describing: "an accelerator", keys: keys)
        accelerators.append(try PublishedAccelerator(fields))
      }
      return accelerators
    }
  }

  private static let keys = [
    "name", "publication", "device", "data", "input", "accuracy", "latency", "images-per-second",
    "power",
    "energy", "images-per-joule", "derived", "second-hand", "source",
  ]

  private init(_ fields: YAMLFields) throws(YAMLTextError) {
    func quantity(_ key: String, _ unit: String) throws(YAMLTextError) -> Double? {
      fields.node(key) == nil ? nil : try fields.quantity(key, in: unit, "1.19 m\(unit)")
    }
    func number(_ key: String) throws(YAMLTextError) -> Double? {
      guard let text = try fields.text(key, "840") else { return nil }
      guard let value = Double(text), value.isFinite, value >= 0 else {
        throw fields.mismatch(key, "give a number such as 840")
      }
      return value
    }
    name = try fields.required("name", "Spiker")
    publication = try fields.required("publication", "ISVLSI 2022")
    device = try fields.required("device", "Artix-7")
    data = try fields.required("data", "MNIST")
    input = try fields.required("input", "1x28x28")
    accuracy = try number("accuracy")
    latencySeconds = try quantity("latency", "s")
    imagesPerSecond = try number("images-per-second")
    power = try quantity("power", "W")
    energyPerImage = try quantity("energy", "J")
    imagesPerJoule = try number("images-per-joule")
    derived = try (fields.text("derived", "power") ?? "").split(separator: " ")
      .compactMap { Figure(rawValue: String($0)) }
    guard let secondHand = try fields.flag("second-hand") else {
      throw fields.missing("second-hand", "true")
    }
    isSecondHand = secondHand
    source = try fields.required("source", "abstract")
  }
}
