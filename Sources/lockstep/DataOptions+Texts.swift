import ArgumentParser
import Datasets
import Foundation

extension PictureSize {
  /// Reads `32` or `32x48`.
  init(text: String) throws(DatasetError) {
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard let height = sides.first ?? nil, let width = sides.last ?? nil, sides.count <= 2 else {
      throw DatasetError(
        .invalidRequest, "'\(text)' is not a size", remedy: "give rows x columns, as in 32x32")
    }
    self.init(height: height, width: width)
  }
}

extension Normalisation {
  /// Reads `svhn` or `0.5,0.5/0.2,0.2`; nil for `none`.
  init?(text: String) throws(DatasetError) {
    if text == "none" { return nil }
    if text == "svhn" {
      self = .svhn
      return
    }
    let halves = text.split(separator: "/").map { half in
      half.split(separator: ",").map { Float($0.trimmingCharacters(in: .whitespaces)) }
    }
    guard halves.count == 2, !halves.joined().contains(nil) else {
      throw DatasetError(
        .invalidRequest, "'\(text)' is not a normalisation",
        remedy: "give measured, svhn, none, or MEAN,.../DEVIATION,... of every channel")
    }
    try self.init(
      means: halves[0].compactMap { $0 }, deviations: halves[1].compactMap { $0 })
  }
}

extension Augmentation: ExpressibleByArgument {
  /// Reads `shift:2`, `flip`, both with a comma, or `none`.
  public init?(argument: String) {
    self = .none
    for part in argument.split(separator: ",") where part != "none" {
      if part == "flip" {
        flips = true
      } else if part.hasPrefix("shift:"), let pixels = Int(part.dropFirst(6)), pixels > 0 {
        shift = pixels
      } else {
        return nil
      }
    }
  }
}
