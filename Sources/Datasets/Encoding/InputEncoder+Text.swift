import Foundation

extension InputEncoder {
  /// The encoder as logs and traces name it: `rate gain=1.0`.
  public var name: String {
    let changes = [
      makesSaccades ? "saccades" : nil, size.map { "resize=\($0.height)x\($0.width)" },
      normalisation?.name, augmentation == .none ? nil : "augment=\(augmentation.name)",
      framing == EventFraming() ? nil : "events=\(framing.name)",
    ]
    return ([makesSaccades ? nil : coding.name] + changes).compactMap { $0 }
      .joined(separator: " ")
  }

  /// The encoder as model files keep it, for ``init(json:)``.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // A checked encoder has only finite numbers, and nothing else can fail.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Reads what ``json`` wrote.
  ///
  /// - Throws: ``DatasetError`` (`invalidRequest`) if it is no encoder, or an impossible one.
  public init(json: String) throws(DatasetError) {
    do {
      self = try JSONDecoder().decode(InputEncoder.self, from: Data(json.utf8))
    } catch {
      throw DatasetError(
        .invalidRequest, "the description of the input is not understood: \(json.prefix(80))",
        remedy: "use a model of this version of lockstep")
    }
    try validate()
    // Decoding goes past the checks of the normalisation's own initialiser.
    if let given = normalisation {
      normalisation = try Normalisation(means: given.means, deviations: given.deviations)
    }
  }
}
