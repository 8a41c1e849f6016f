import Datasets
import SpikingNetworks

/// What a data set is, as far as a training depends on it.
public struct DataIdentity: Hashable, Codable, Sendable {
  /// The data set's name.
  public let name: String
  /// Number of samples.
  public let samples: Int
  /// A digest of the labels and of the encoded input of up to 256 samples, evenly spread.
  public let fingerprint: String

  /// Looks at a data set.
  ///
  /// - Parameters:
  ///   - data: the data set.
  ///   - encoder: how samples become input.
  ///   - timeSteps: of the network.
  /// - Throws: ``TrainingError`` (`data`) if a sample cannot be read.
  public init(
    _ data: some LabelledSamples, encoder: InputEncoder, timeSteps: Int
  ) throws(TrainingError) {
    var digest = Fingerprint()
    digest.add(data.labels)
    digest.add([data.classes, data.frame.channels, data.frame.height, data.frame.width])
    let looks = min(data.count, Self.looks)
    for look in 0..<looks {
      let sample = look * data.count / looks
      do {
        digest.add(try encoder.input(data, sample: sample, timeSteps: timeSteps, seed: 0))
      } catch {
        throw TrainingError(error)
      }
    }
    name = data.name
    samples = data.count
    fingerprint = digest.text
  }

  private static let looks = 256
}
