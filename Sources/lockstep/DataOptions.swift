import ArgumentParser
import Datasets
import Foundation
import Training

/// Which samples a network reads, and how they become its input.
struct DataOptions: ParsableArguments {
  /// The codings by the names of the command line.
  enum CodingName: String, ExpressibleByArgument, CaseIterable {
    case rate
    case direct
    case latency
  }

  @Option(
    help: ArgumentHelp(
      "The samples: a folder or file of a data set, FOLDER/PREFIX of an IDX pair, or a name"
        + " (see 'lockstep data'); the 8x8 digits if not given.",
      valueName: "path"))
  var data: String?

  @Option(help: "How the values of images become input: \(CodingName.list).")
  var coding: CodingName?

  @ArgumentParser.Flag(
    help: "Make events of grey images by moving them before a simulated sensor; T = 9.")
  var saccades = false

  @Option(
    help: ArgumentHelp(
      "Time steps of events of equal duration or of equally many events: time, count.",
      valueName: "time|count"))
  var bins: EventFraming.Binning?

  @Option(
    help: ArgumentHelp(
      "What a pixel of events is: binary (a spike) or counts.", valueName: "binary|counts"))
  var eventValues: EventFraming.Values?

  @Option(
    help: ArgumentHelp(
      "OFF and ON events in channels of their own, or in one: separate, merged.",
      valueName: "separate|merged"))
  var polarities: EventFraming.Polarities?

  @Option(
    help: ArgumentHelp(
      "Leave out events without a neighbour within so many microseconds.", valueName: "us"))
  var denoise: Int64?

  @Option(
    help: ArgumentHelp(
      "Resize pictures, bilinearly: 32 or 32x48 (rows x columns).", valueName: "size"))
  var resize: String?

  @Option(
    help: ArgumentHelp(
      "Subtract a mean and divide by a deviation: 'measured' (on the training samples), 'svhn',"
        + " 'none', or MEAN,.../DEVIATION,... of every channel.", valueName: "how"))
  var normalise: String?

  /// Opens the samples.
  func open() throws(DatasetError) -> FoundData {
    guard let data else { return try FoundData.digits() }
    return try FoundData.open(data)
  }

  /// An encoder with the options in their place; a measured normalisation is still to come.
  func applied(to encoder: InputEncoder) throws(DatasetError) -> InputEncoder {
    var encoder = encoder
    switch coding {
    case .rate: encoder.coding = .rate(gain: 1)
    case .direct: encoder.coding = .direct
    // The threshold of snnTorch's spikegen.latency.
    case .latency: encoder.coding = .latency(threshold: 0.01)
    case nil: break
    }
    encoder.makesSaccades = saccades || encoder.makesSaccades
    encoder.framing.binning = bins ?? encoder.framing.binning
    encoder.framing.values = eventValues ?? encoder.framing.values
    encoder.framing.polarities = polarities ?? encoder.framing.polarities
    encoder.framing.denoising = denoise ?? encoder.framing.denoising
    if let resize { encoder.size = try PictureSize(text: resize) }
    if let normalise, normalise != "measured" {
      encoder.normalisation = try Normalisation(text: normalise)
    }
    return encoder
  }

  /// Refuses options that mean nothing for the samples at hand.
  func check(_ data: some LabelledSamples) throws(DatasetError) {
    let useless: [(String, Bool)] =
      switch data.kind {
      case .images:
        [
          ("--bins", bins != nil), ("--event-values", eventValues != nil),
          ("--polarities", polarities != nil), ("--denoise", denoise != nil),
          ("--coding", coding != nil && saccades),
        ]
      case .events: [("--coding", coding != nil), ("--saccades", saccades)]
      }
    if let option = useless.first(where: { $0.1 })?.0 {
      let contents = saccades && option == "--coding" ? "saccades" : data.kind.rawValue
      throw DatasetError(
        .invalidRequest, "\(option) means nothing for the \(contents) of \(data.name)",
        remedy: "leave it out")
    }
  }
}

extension EventFraming.Binning: ExpressibleByArgument {}
extension EventFraming.Values: ExpressibleByArgument {}
extension EventFraming.Polarities: ExpressibleByArgument {}
